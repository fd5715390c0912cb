using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>A client gives a token back (RFC 7009). A refresh token ends its whole grant, an access token itself. Whatever is unknown, or another client's, changes nothing and is not told apart.</summary>
internal static class RevokeToken
{
    internal const string Path = "/connect/revocation";

    /// <param name="Refresh">A refresh token.</param>
    /// <param name="Access">Or an access token.</param>
    public sealed record Command(string ClientId, OpaqueHandle? Refresh, AccessToken? Access) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            if (request.Refresh?.Hash is { } hash)
            {
                var grant = await db.Grants.SingleOrDefaultAsync(g => g.ClientId == request.ClientId && db.RefreshTokens.Any(t => t.GrantId == g.Id && t.Hash == hash), cancellationToken);
                if (grant?.End(GrantEnd.Revoked, now) == true)
                {
                    tokens.Revoked(grant.Id, outbox);
                }
            }
            else if (request.Access is { } access && access.ClientId == request.ClientId && !await db.RevokedTokens.AnyAsync(t => t.Id == access.Id, cancellationToken))
            {
                await db.RevokedTokens.Where(t => t.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
                db.Add(new RevokedToken(access.Id) { ExpiresAt = access.ExpiresAt });
                tokens.Revoked(access.Id, outbox);
            }

            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(Path, Revoke)
        .AllowAnonymous("clients authenticate here in the standard's own ways").WithoutTenant()
        .Accepts<IFormCollection>("application/x-www-form-urlencoded").Produces(StatusCodes.Status200OK);

    private static async Task<IResult> Revoke(
        HttpContext http, ClientAuthentication authentication, AccessTokens tokens, ITenantStore tenants, TenantScopes scopes, CancellationToken cancellationToken)
    {
        var form = await authentication.ReadForm(http);
        if (!form.IsSuccess)
        {
            return form.Error.ToRefusal(http);
        }

        var (request, client) = form.Value;
        if (request["token"] is not { } text)
        {
            return new Refused("invalid_request", "token is missing.").ToRefusal(http);
        }

        var refresh = OpaqueHandle.Read(text);
        var access = refresh is null ? await tokens.Verify(text, cancellationToken) : null;
        var tenant = refresh is not null ? await tenants.GetAsync(refresh.TenantId, cancellationToken) : access is not null ? await tenants.GetByIdentifierAsync(access.Tenant, cancellationToken) : null;
        if (tenant is not null)
        {
            _ = await scopes.Send(tenant, new Command(client.Id, refresh, access), cancellationToken);
        }

        return TypedResults.Ok();
    }
}
