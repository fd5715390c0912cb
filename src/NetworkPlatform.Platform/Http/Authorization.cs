using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using NetworkPlatform.Platform.Results;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Http;

public sealed record TokenMissing() : Error("A valid access token is needed: send it as a bearer token.");

public sealed record TenantNotYours() : Forbidden("Your access token is for another tenant.");

public sealed record PersonNeeded() : Forbidden("Only a person can ask for this, for themself: by an access token of their own, not a program's.");

public sealed record OwnSignInNeeded() : Forbidden("Your access token speaks for you in this tenant only. For this, sign in with a password or a passkey of your own, through a program that has asked you.");

public sealed record PermissionMissing(string Permission) : Forbidden($"This needs the permission {Permission}, which your roles do not have.");

/// <summary>
/// Grants a permission where one of the token's roles has it and the token's tenant is the resolved one, or, for roles that reach below, above it; and
/// keeps a caller whose roles are limited to chapters to those.
/// </summary>
internal sealed class PermissionHandler(TenantContext tenant) : AuthorizationHandler<Permission>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Permission requirement)
    {
        if (IsForTenant(context.User, tenant) && !(requirement.NeedsOwnSignIn && IsOnlyHere(context.User)) && context.User.FindAll(Caller.RoleClaim).Any(role => requirement.GrantedTo.Contains(role.Value, StringComparer.Ordinal)))
        {
            if (context.User.FindAll(Caller.ChapterClaim).Select(c => Guid.Parse(c.Value)).ToList() is { Count: > 0 } chapters)
            {
                tenant.LimitTo(chapters);
            }

            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    internal static bool IsOnlyHere(ClaimsPrincipal user) => user.HasClaim(c => c.Type == Caller.OnlyHereClaim);

    internal static bool IsForTenant(ClaimsPrincipal user, TenantContext tenant) =>
        tenant.IsResolved && user.FindFirst(Caller.TenantClaim)?.Value is { } own
        && (own == tenant.Tenant.Identifier || (user.HasClaim(c => c.Type == Caller.BelowClaim) && tenant.Tenant.Ancestors.Contains(own, StringComparer.Ordinal)));
}

/// <summary>The caller is a person, by an access token for the tenant, and not only as the tenant itself says.</summary>
internal sealed class PersonCalling : IAuthorizationRequirement;

internal sealed class PersonCallingHandler(TenantContext tenant, Caller caller) : AuthorizationHandler<PersonCalling>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PersonCalling requirement)
    {
        if (PermissionHandler.IsForTenant(context.User, tenant) && caller.PersonId is not null && !PermissionHandler.IsOnlyHere(context.User))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

/// <summary>Refusals as problem details, and in the log: a row of them is somebody who tries doors.</summary>
internal sealed partial class RefusalAsProblem(Caller caller, ILogger<RefusalAsProblem> logger) : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        // What is no route of ours (nothing at all, or routing's own 405 and 415) holds nothing to protect, and goes on to say what it is.
        if (authorizeResult.Succeeded || context.GetEndpoint() is not RouteEndpoint)
        {
            await next(context);
            return;
        }

        // Who is not signed in any more is no more known than who never was.
        if (authorizeResult.Challenged || (context.GetEndpoint()?.Metadata.GetMetadata<OwnAccountMetadata>() is not null && !context.User.HasClaim(c => c.Type == Caller.TenantClaim)))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await Refuse(context, new TokenMissing());
            return;
        }

        var tenant = context.RequestServices.GetRequiredService<TenantContext>();
        var permission = context.GetEndpoint()?.Metadata.GetMetadata<Permission>();
        Error refusal = !PermissionHandler.IsForTenant(context.User, tenant) ? new TenantNotYours()
            : permission is { NeedsOwnSignIn: true } && PermissionHandler.IsOnlyHere(context.User) ? new OwnSignInNeeded()
            : permission is not null ? new PermissionMissing(permission.Name)
            : caller.PersonId is null ? new PersonNeeded() : new OwnSignInNeeded();
        await Refuse(context, refusal);
    }

    private Task Refuse(HttpContext context, Error refusal)
    {
        LogRefused(logger, Error.NameOf(refusal.GetType()), caller.Subject, context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
        return new Problem(refusal).ExecuteAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Refused as {Problem}: {Subject} at {Method} {Route}")]
    private static partial void LogRefused(ILogger logger, string problem, string subject, string method, string? route);
}
