using Microsoft.Extensions.Options;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Tenancy;

public sealed record TenantNotFound() : NotFound("There is no such tenant.");

public sealed record TenantSuspended() : Forbidden("This tenant is suspended.");

public sealed record TenantLookupFailed() : Unavailable("The tenant could not be looked up. Try again shortly.");

/// <summary>
/// Resolves the tenant of a request before anything else looks at it: strategies by priority, the first identifier counts, even one that is nobody's. A
/// strategy or a store that fails is 503, never "no tenant".
/// </summary>
internal sealed partial class TenantResolution(
    RequestDelegate next, IEnumerable<ITenantStrategy> strategies, ITenantStore store, IOptions<TenantResolutionOptions> options, ILogger<TenantResolution> logger)
{
    private readonly ITenantStrategy[] ordered = [.. strategies.OrderByDescending(s => s.Priority)];
    private readonly TenantResolutionOptions options = options.Value;

    public async Task InvokeAsync(HttpContext context, TenantContext tenantContext)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<WithoutTenantMetadata>() is null && await Resolve(context, tenantContext) is { } refusal)
        {
            await new Problem(refusal).ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private async Task<Error?> Resolve(HttpContext context, TenantContext tenantContext)
    {
        string? identifier;
        TenantInfo? tenant;
        try
        {
            identifier = await FindIdentifier(context);
            tenant = identifier is null ? null : await FindTenant(context, identifier);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            LogLookupFailed(logger, exception);
            return new TenantLookupFailed();
        }

        var completed = new TenantResolveCompletedContext(context, tenant);
        await options.OnTenantResolveCompleted(completed);
        switch (completed.Tenant)
        {
            case { IsSuspended: true }:
                return new TenantSuspended();
            case { } resolved:
                tenantContext.Resolve(resolved);
                return null;

            // A request that names no tenant is left to the endpoint's permission to refuse; where anybody may call, nothing else would.
            default:
                return identifier is not null || context.GetEndpoint()?.Metadata.GetMetadata<PublicMetadata>() is not null ? new TenantNotFound() : null;
        }
    }

    private async ValueTask<string?> FindIdentifier(HttpContext context)
    {
        foreach (var strategy in ordered)
        {
            var completed = new StrategyResolveCompletedContext(context, strategy, await strategy.GetIdentifierAsync(context));
            await options.OnStrategyResolveCompleted(completed);
            if (options.MayName(completed.Identifier))
            {
                return completed.Identifier;
            }
        }

        return null;
    }

    private async ValueTask<TenantInfo?> FindTenant(HttpContext context, string identifier)
    {
        var completed = new StoreResolveCompletedContext(context, identifier, await store.GetByIdentifierAsync(identifier, context.RequestAborted));
        await options.OnStoreResolveCompleted(completed);
        return completed.Tenant;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The tenant could not be looked up")]
    private static partial void LogLookupFailed(ILogger logger, Exception exception);
}
