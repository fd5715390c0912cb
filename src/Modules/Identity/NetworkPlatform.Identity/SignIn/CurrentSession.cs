using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>The session of the browser that is asking: looked up once a request, and alive only if its row and its person say so.</summary>
internal sealed class CurrentSession(TenantScopes scopes, TimeProvider clock)
{
    private (Guid Id, Guid TenantId, SignInSession? Session)? known;

    /// <returns>Null where nobody is signed in to the tenant's network, or not any more.</returns>
    internal async Task<SignInSession?> Find(HttpContext http, TenantInfo tenant)
    {
        var ticket = (await http.AuthenticateAsync(SessionCookie.Scheme)).Principal;
        if (ticket?.FindFirstValue(SessionCookie.NetworkClaim) != tenant.NetworkId.ToString() || !Guid.TryParse(ticket.FindFirstValue(SessionCookie.SessionClaim), out var id))
        {
            return null;
        }

        if (known?.Id != id || known?.TenantId != tenant.Id)
        {
            known = (id, tenant.Id, await Look(id, tenant, http.RequestAborted));
        }

        return known?.Session;
    }

    private Task<SignInSession?> Look(Guid id, TenantInfo tenant, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return scopes.Read(
            tenant,
            async db =>
            {
                var session = await db.Sessions.AsNoTracking()
                    .SingleOrDefaultAsync(s => s.Id == id && (s.OnlyIn == null || s.OnlyIn == tenant.Id) && db.People.Any(p => p.Id == s.PersonId && p.SecurityStamp == s.SecurityStamp && p.DisabledAt == null && p.ErasedAt == null), cancellationToken);
                if (session?.IsAlive(now) != true)
                {
                    return null;
                }

                // Not with every request: the idle time-out need not be so exact.
                if (now - session.LastSeenAt > SignInSession.SeenEvery)
                {
                    await db.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now), cancellationToken);
                }

                return session;
            },
            cancellationToken);
    }
}

/// <summary>Somebody is signed in to the network of the request's tenant.</summary>
/// <param name="orHereOnly">A session that holds in the tenant alone will do: for what the tenant asks of them, not for what is their own.</param>
internal sealed class SignedIn(bool orHereOnly) : IAuthorizationRequirement
{
    internal static AuthorizationPolicy Policy { get; } = new AuthorizationPolicyBuilder(SessionCookie.Scheme).AddRequirements(new SignedIn(orHereOnly: false)).Build();

    internal static AuthorizationPolicy PolicyHere { get; } = new AuthorizationPolicyBuilder(SessionCookie.Scheme).AddRequirements(new SignedIn(orHereOnly: true)).Build();

    internal bool OrHereOnly => orHereOnly;
}

internal sealed class SignedInHandler(CurrentSession current, TenantContext tenant, IHttpContextAccessor http) : AuthorizationHandler<SignedIn>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, SignedIn requirement)
    {
        if (tenant.IsResolved && await current.Find(http.HttpContext!, tenant.Tenant) is { } session && (session.OnlyIn is null || requirement.OrHereOnly))
        {
            context.Succeed(requirement);
        }
    }
}
