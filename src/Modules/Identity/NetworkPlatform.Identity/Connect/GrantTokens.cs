using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Memberships;
using NetworkPlatform.Identity.SignIn;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>Makes the tokens of a grant. What the person may do is looked up each time: a token says what their membership says now, and ends with it.</summary>
internal sealed class GrantTokens(IdentityDbContext db, AccessTokens accessTokens, IdTokens idTokens, TenantContext current, TokenSettings settings, TimeProvider clock)
{
    internal async Task<Result<TokenAnswer>> Issue(Grant grant, ApiClient client, IReadOnlyList<string> scopes, OpaqueHandle? refresh, string? nonce, ProvenKey key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await db.MembershipsOf(grant.PersonId, now).AsNoTracking().FirstOrDefaultAsync(cancellationToken) is not { } membership)
        {
            return new Refused("invalid_grant", "The person is no member any more.");
        }

        var tenant = current.Tenant.Identifier;
        var (token, lifetime) = await accessTokens.Issue(Claims(grant, client, membership, scopes, tenant) with { Confirmation = KeyConfirmation.Of(key.Thumbprint) }, Earlier(membership.ValidUntil, Earlier(client.ValidUntil, grant.EndsAt)), cancellationToken);
        var idToken = scopes.Contains(Scope.OpenId, StringComparer.Ordinal) ? await idTokens.Issue(grant, client, tenant, token, nonce, cancellationToken) : null;
        return new TokenAnswer(token, TokenAnswer.TypeOf(key), (int)lifetime.TotalSeconds, string.Join(' ', scopes), refresh?.Text, idToken);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private AccessToken Claims(Grant grant, ApiClient client, Membership membership, IReadOnlyList<string> scopes, string tenant)
    {
        // Without the API's scope it is for the userinfo endpoint alone, which is ours; it then carries no roles.
        var isForApi = scopes.Contains(Scope.Api, StringComparer.Ordinal);

        // What a tenant's own provider vouches for holds in that tenant alone, however far the membership reaches; so does what a program does that the tenant made and that has asked nobody.
        var isOnlyHere = grant.Methods.Contains(SignInSession.Federated, StringComparer.Ordinal) || !client.RequireConsent;
        var roles = isOnlyHere ? membership.Roles.Where(r => r != Roles.NetworkAdmin) : membership.Roles;
        return new AccessToken(
            settings.Issuer, grant.PersonId.ToString("D"), isForApi ? TokenSettings.Audience : settings.Issuer, 0, 0, "", client.PublicId, tenant, isForApi ? [.. roles] : [], string.Join(' ', scopes),
            isForApi ? membership.Chapters.NoneIsNull() : null, isForApi && membership.Below && !isOnlyHere ? true : null, grant.Id, grant.SessionId, grant.AuthenticatedAt.ToUnixTimeSeconds(),
            isOnlyHere ? true : null);
    }
}
