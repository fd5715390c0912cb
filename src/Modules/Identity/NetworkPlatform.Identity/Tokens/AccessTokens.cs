using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Connect;
using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.Keys;
using NetworkPlatform.Identity.Memberships;

namespace NetworkPlatform.Identity.Tokens;

/// <summary>
/// Makes access tokens and verifies them: signature and claims, and that nobody has ended what they stand on. What was verified is remembered for a minute, since that is most of a
/// small request's cost, and forgotten at once when this node hears of an end.
/// </summary>
internal sealed class AccessTokens(SigningKeys keys, TokenSettings settings, ITenantStore tenants, TenantScopes scopes, TimeProvider clock) : IHearOnEveryNode<AccessRevoked>, IDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    // The token itself is the key, and it names its tenant, so nothing crosses tenants here.
    private readonly MemoryCache verified = new(new MemoryCacheOptions { SizeLimit = 10_000 });
    private readonly Lock changing = new();
    private int revocations;

    public void Dispose() => verified.Dispose();

    /// <summary>A token for a client in its own name, and how long it holds: never longer than the client's roles.</summary>
    internal ValueTask<(string Token, TimeSpan Lifetime)> Issue(ApiClient client, string tenant, ProvenKey key, CancellationToken cancellationToken) => Issue(
        new AccessToken("", client.PublicId, TokenSettings.Audience, 0, 0, "", client.PublicId, tenant, client.Roles, Scope.Api, client.Chapters.NoneIsNull(), client.Below ? true : null)
        {
            Confirmation = KeyConfirmation.Of(key.Thumbprint),
        },
        client.ValidUntil, cancellationToken);

    /// <summary>A token of what is given, and how long it holds: never longer than what it stands on.</summary>
    internal async ValueTask<(string Token, TimeSpan Lifetime)> Issue(AccessToken claims, DateTimeOffset? end, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var lifetime = end - now is { } left && left < TokenSettings.AccessTokenLifetime ? left : TokenSettings.AccessTokenLifetime;
        var token = claims with
        {
            Issuer = settings.Issuer,
            IssuedAtSeconds = now.ToUnixTimeSeconds(),
            ExpiresAtSeconds = (now + lifetime).ToUnixTimeSeconds(),
            TokenId = Guid.NewGuid().ToString("N"),
        };
        return (JsonWebToken.Sign(await keys.Current(SigningAlgorithm.ES256, cancellationToken), AccessToken.Type, token), lifetime);
    }

    /// <summary>The token and the caller whom the API knows by it; null for anything but a live token of ours that is for the API.</summary>
    internal ValueTask<VerifiedToken?> VerifyForApi(string text, CancellationToken cancellationToken) =>
        verified.TryGetValue(text, out VerifiedToken? known) && known!.Token.ExpiresAt > clock.GetUtcNow()
            ? ValueTask.FromResult<VerifiedToken?>(known)
            : VerifyAnew(text, cancellationToken);

    /// <summary>The token; null for anything but a live one of ours, whatever it is for.</summary>
    internal async ValueTask<AccessToken?> Verify(string text, CancellationToken cancellationToken) =>
        JsonWebToken.Read(text) is { Type: AccessToken.Type, Algorithm: SigningAlgorithm.ES256, KeyId: { } keyId } token
        && token.Issuer == settings.Issuer
        && token.HoldsAt(clock.GetUtcNow())
        && await keys.Find(keyId, cancellationToken) is { } key
        && token.IsSignedBy(key.Public)
        && Read(token) is { } access
        && await IsLive(access, cancellationToken)
            ? access
            : null;

    /// <summary>Forgets the tokens that depend on what was revoked. Whoever then shows one is looked up again.</summary>
    public void Hear(AccessRevoked @event)
    {
        lock (changing)
        {
            revocations++;
            foreach (var text in verified.Keys.ToList())
            {
                if (verified.TryGetValue(text, out VerifiedToken? known) && known!.Token.DependsOn(@event.Of))
                {
                    verified.Remove(text);
                }
            }
        }
    }

    /// <summary>The current command ends something. Once it has committed, this node forgets the tokens of it, and the others as soon as they hear.</summary>
    internal void Revoked(Guid of, Outbox outbox)
    {
        var revoked = new AccessRevoked(of);
        outbox.Publish(revoked);
        outbox.AfterCommit(() => Hear(revoked));
    }

    private static AccessToken? Read(JsonWebToken token)
    {
        try
        {
            return AccessToken.From(token);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async ValueTask<VerifiedToken?> VerifyAnew(string text, CancellationToken cancellationToken)
    {
        var seen = Volatile.Read(ref revocations);
        if (await Verify(text, cancellationToken) is not { Audience: TokenSettings.Audience } token || !token.Scopes.Contains(Scope.Api, StringComparer.Ordinal))
        {
            return null;
        }

        var fresh = new VerifiedToken(token, token.ToCaller());
        lock (changing)
        {
            // What was looked up before an end must not be remembered after it.
            if (seen == revocations)
            {
                verified.Set(text, fresh, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Remembered });
            }
        }

        return fresh;
    }

    private async Task<bool> IsLive(AccessToken token, CancellationToken cancellationToken)
    {
        if (ApiClient.ParseClientId(token.ClientId) is not var (ownerId, clientId)
            || await tenants.GetByIdentifierAsync(token.Tenant, cancellationToken) is not { } tenant
            || await tenants.GetAsync(ownerId, cancellationToken) is not { } owner)
        {
            return false;
        }

        var (now, id) = (clock.GetUtcNow(), token.Id);
        return await scopes.Read(owner, db => db.Clients.AnyAsync(c => c.Id == clientId && c.RevokedAt == null && !db.RevokedTokens.Any(t => t.Id == id), cancellationToken), cancellationToken)
            && (token.GrantId is not { } grantId
                || (await scopes.Read(
                    tenant,
                    db => db.LiveGrants(now).Where(g => g.Id == grantId && !db.RevokedTokens.Any(t => t.Id == id))
                        .Join(db.Memberships.Where(m => m.EndedAt == null), g => g.PersonId, m => m.PersonId, (_, m) => m).AsNoTracking().SingleOrDefaultAsync(cancellationToken),
                    cancellationToken) is { } membership && token.IsWithin(membership)));
    }
}

internal sealed record VerifiedToken(AccessToken Token, ClaimsPrincipal Caller);
