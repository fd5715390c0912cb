using NetworkPlatform.Identity.Memberships;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>Why a grant ended before its time.</summary>
internal enum GrantEnd
{
    /// <summary>By the client, or by the person.</summary>
    Revoked,

    /// <summary>One of its codes or refresh tokens came a second time: somebody has a copy.</summary>
    Replayed,

    SignedOut,
}

/// <summary>What a person has let a client do for them in this tenant. Codes, refresh tokens and access tokens are its family: they all end with it.</summary>
[AboutPerson(nameof(PersonId), Kept = true)]
internal sealed class Grant : Entity
{
    /// <summary>Public id, since the client may be an umbrella's.</summary>
    public required string ClientId { get; init; }

    /// <summary>See <see cref="People.Person"/>; the network's, so no foreign key.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>See <see cref="SignIn.SignInSession"/>.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>The person's when they granted it: it is void once theirs is another.</summary>
    [OwnEyesOnly]
    public required string SecurityStamp { get; init; }

    public required string[] Scopes { get; init; }

    public required DateTimeOffset AuthenticatedAt { get; init; }

    /// <summary>How, as RFC 8176 names it.</summary>
    public required string[] Methods { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>However often it is refreshed.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    public DateTimeOffset? EndedAt { get; private set; }

    public GrantEnd? EndedBecause { get; private set; }

    internal bool Has(string scope) => Scopes.Contains(scope, StringComparer.Ordinal);

    /// <summary>Waits for its use as long as any does, but never beyond the grant.</summary>
    internal RefreshToken NewRefreshToken(OpaqueHandle handle, DateTimeOffset now, string? keyThumbprint) => new()
    {
        GrantId = Id,
        Hash = handle.Hash,
        KeyThumbprint = keyThumbprint,
        ExpiresAt = now + TokenSettings.RefreshTokenLifetime < EndsAt ? now + TokenSettings.RefreshTokenLifetime : EndsAt,
    };

    /// <summary>False where it had ended before.</summary>
    internal bool End(GrantEnd because, DateTimeOffset now)
    {
        if (EndedAt is not null)
        {
            return false;
        }

        (EndedAt, EndedBecause) = (now, because);
        return true;
    }
}

/// <summary>An authorization code: once, for a minute, to the client, redirect address and challenge that it was made for.</summary>
internal sealed class AuthorizationCode : Entity
{
    public required Guid GrantId { get; init; }

    public required byte[] Hash { get; init; }

    public required string RedirectUri { get; init; }

    /// <summary>RFC 7636, S256.</summary>
    public required string CodeChallenge { get; init; }

    public string? Nonce { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Stays when it is used, so that a second use is seen.</summary>
    public DateTimeOffset? ConsumedAt { get; init; }
}

/// <summary>A refresh token: each use makes the next one. A second use within seconds gets the same next one; later it ends the grant.</summary>
internal sealed class RefreshToken : Entity
{
    public required Guid GrantId { get; init; }

    public required byte[] Hash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? ConsumedAt { get; init; }

    /// <summary>The key without which it is worth nothing (RFC 7638); null where its client has credentials of its own, or uses no key.</summary>
    public string? KeyThumbprint { get; init; }

    /// <summary>Random; with the token itself, which is nowhere kept, it makes the next one again.</summary>
    public byte[]? SuccessorSalt { get; init; }
}

/// <summary>An authorization request that came by the back channel (RFC 9126), in the client's tenant.</summary>
internal sealed class PushedRequest : Entity
{
    public required Guid ClientId { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>The request's parameters, as a form.</summary>
    public required string Parameters { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? ConsumedAt { get; init; }
}

/// <summary>What a person has agreed to that a client may ask for, so that they are asked once.</summary>
[AboutPerson(nameof(PersonId))]
internal sealed class Consent : Entity
{
    public required Guid PersonId { get; init; }

    /// <summary>Public id.</summary>
    public required string ClientId { get; init; }

    public required string[] Scopes { get; set; }

    public required DateTimeOffset GivenAt { get; set; }
}

/// <summary>A single access token that was revoked (RFC 7009), until it would have ended.</summary>
internal sealed class RevokedToken : Entity
{
    internal RevokedToken(Guid id) => Id = id;

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A client's assertion that has been used (RFC 7523 §3): none counts twice.</summary>
internal sealed class SpentAssertion : Entity
{
    /// <summary>SHA-256 over client and <c>jti</c>.</summary>
    public required byte[] Hash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

internal static class LiveGrantsQuery
{
    /// <summary>Grants that nothing has ended: neither they themselves, nor the person's session, nor a change of how the person signs in, nor the end of the membership that they had.</summary>
    internal static IQueryable<Grant> LiveGrants(this IdentityDbContext db, DateTimeOffset now) => db.Grants.Where(g => g.EndedAt == null && g.EndsAt > now
        && db.People.Any(p => p.Id == g.PersonId && p.SecurityStamp == g.SecurityStamp && p.DisabledAt == null && p.ErasedAt == null)
        && db.Sessions.Any(s => s.Id == g.SessionId && s.EndedAt == null)
        && db.Memberships.Any(m => m.PersonId == g.PersonId && m.JoinedAt <= g.CreatedAt && m.EndedAt == null && !(m.ValidFrom > now) && !(m.ValidUntil <= now)));

    /// <summary>The person's membership in the current tenant, if they have one that holds.</summary>
    internal static IQueryable<Membership> MembershipsOf(this IdentityDbContext db, Guid personId, DateTimeOffset now) =>
        db.Memberships.Where(m => m.PersonId == personId && m.EndedAt == null && !(m.ValidFrom > now) && !(m.ValidUntil <= now));
}
