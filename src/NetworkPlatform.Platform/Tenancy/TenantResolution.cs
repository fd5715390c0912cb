using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Tenancy;

public sealed record TenantNotFound() : NotFound("There is no such tenant.");

public sealed record TenantSuspended() : Forbidden("This tenant is suspended.");

public sealed record TenantLookupFailed() : Unavailable("The tenant could not be looked up. Try again shortly.");

/// <summary>
/// Resolves the tenant of a request before anything else looks at it: strategies by priority, the first identifier counts. A request that names
/// no tenant goes on without one, and every tenant-owned endpoint refuses it. A store that fails is 503, never "no tenant".
/// </summary>
internal sealed partial class TenantResolution(
    RequestDelegate next, IEnumerable<ITenantStrategy> strategies, ITenantStore store, ILogger<TenantResolution> logger)
{
    private readonly ITenantStrategy[] ordered = [.. strategies.OrderByDescending(s => s.Priority)];

    public async Task InvokeAsync(HttpContext context, TenantContext tenantContext)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<WithoutTenantMetadata>() is null
            && await FindIdentifier(context) is { } identifier)
        {
            TenantInfo? tenant;
            try
            {
                tenant = await store.GetByIdentifierAsync(identifier, context.RequestAborted);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogStoreFailed(logger, exception);
                await new Problem(new TenantLookupFailed()).ExecuteAsync(context);
                return;
            }

            Error? refusal = tenant switch
            {
                null => new TenantNotFound(),
                { IsSuspended: true } => new TenantSuspended(),
                _ => null,
            };
            if (refusal is not null)
            {
                await new Problem(refusal).ExecuteAsync(context);
                return;
            }

            tenantContext.Resolve(tenant!);
        }

        await next(context);
    }

    private async ValueTask<string?> FindIdentifier(HttpContext context)
    {
        foreach (var strategy in ordered)
        {
            if (await strategy.GetIdentifierAsync(context) is { Length: > 0 } identifier)
            {
                return identifier;
            }
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The tenant store failed")]
    private static partial void LogStoreFailed(ILogger logger, Exception exception);
}
