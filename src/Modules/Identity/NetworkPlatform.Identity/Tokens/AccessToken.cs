using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Serialization;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Keys;
using NetworkPlatform.Identity.Memberships;

namespace NetworkPlatform.Identity.Tokens;

/// <summary>The key that a token is bound to, by its RFC 7638 thumbprint (RFC 9449 §6).</summary>
internal sealed record KeyConfirmation([property: JsonPropertyName("jkt")] string KeyThumbprint)
{
    internal static KeyConfirmation? Of(string? thumbprint) => thumbprint is null ? null : new KeyConfirmation(thumbprint);
}

/// <summary>What an access token says (RFC 9068).</summary>
/// <param name="Subject">A person's id in the form D, or a client's public id, which has another form.</param>
/// <param name="Tenant">The one tenant that it is for.</param>
/// <param name="Chapters">What the roles are limited to; null for the whole tenant.</param>
/// <param name="Below">True where the roles hold for every tenant below, too.</param>
/// <param name="OnlyHere">True where the tenant's own identity provider has signed the person in, or the client does not ask people for their consent.</param>
/// <param name="GrantId">What a person has granted; null for a client in its own name.</param>
internal sealed record AccessToken(
    [property: JsonPropertyName("iss")] string Issuer,
    [property: JsonPropertyName("sub")] string Subject,
    [property: JsonPropertyName("aud")] string Audience,
    [property: JsonPropertyName("exp")] long ExpiresAtSeconds,
    [property: JsonPropertyName("iat")] long IssuedAtSeconds,
    [property: JsonPropertyName("jti")] string TokenId,
    [property: JsonPropertyName("client_id")] string ClientId,
    [property: JsonPropertyName("tenant")] string Tenant,
    [property: JsonPropertyName("roles")] IReadOnlyList<string> Roles,
    [property: JsonPropertyName("scope")] string Scope,
    [property: JsonPropertyName("chapters"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Guid>? Chapters = null,
    [property: JsonPropertyName("below"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Below = null,
    [property: JsonPropertyName("grant_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? GrantId = null,
    [property: JsonPropertyName("sid"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? SessionId = null,
    [property: JsonPropertyName("auth_time"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? AuthenticatedAt = null,
    [property: JsonPropertyName("only_here"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? OnlyHere = null,
    [property: JsonPropertyName("cnf"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] KeyConfirmation? Confirmation = null)
{
    internal const string Type = "at+jwt";

    [JsonIgnore]
    internal DateTimeOffset ExpiresAt => DateTimeOffset.FromUnixTimeSeconds(ExpiresAtSeconds);

    [JsonIgnore]
    internal Guid Id => Guid.ParseExact(TokenId, "N");

    [JsonIgnore]
    internal IReadOnlyList<string> Scopes => Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The person who granted it; null for a client in its own name.</summary>
    [JsonIgnore]
    internal Guid? PersonId => GrantId is not null && Guid.TryParseExact(Subject, "D", out var id) ? id : null;

    /// <summary>Whether it says all that it must. That it is ours and holds is its signature's and its reader's matter.</summary>
    internal bool IsComplete => this is { IssuedAtSeconds: > 0, Subject.Length: > 0, Tenant.Length: > 0, Scope: not null, Roles: not null } && Guid.TryParseExact(TokenId, "N", out _) && ApiClient.ParseClientId(ClientId ?? "") is not null;

    /// <summary>Whether the id is of anything that it depends on.</summary>
    internal bool DependsOn(Guid id) => id == GrantId || id == SessionId || id == PersonId || id == Id || ApiClient.ParseClientId(ClientId)?.Id == id;

    /// <summary>Whether the membership still gives all that it says.</summary>
    internal bool IsWithin(Membership membership) => Roles.All(role => membership.Roles.Contains(role, StringComparer.Ordinal))
        && (membership.Chapters.Length == 0 || (Chapters is { } chapters ? chapters.All(membership.Chapters.Contains) : Roles.Count == 0))
        && (membership.Below || Below != true);

    internal static AccessToken? From(JsonWebToken token) => System.Text.Json.JsonSerializer.Deserialize<AccessToken>(token.Claims) is { IsComplete: true } access ? access : null;

    /// <summary>The caller whom the API knows by it.</summary>
    internal ClaimsPrincipal ToCaller() => CallerOf(Subject, Tenant, Roles, Chapters ?? [], Below == true, AuthenticatedAt, OnlyHere == true);

    internal static ClaimsPrincipal CallerOf(string subject, string tenant, IEnumerable<string> roles, IEnumerable<Guid> chapters, bool below, long? authenticatedAt, bool onlyHere)
    {
        var identity = new ClaimsIdentity(AccessTokenAuthentication.SchemeName, Caller.SubjectClaim, Caller.RoleClaim);
        identity.AddClaim(new Claim(Caller.SubjectClaim, subject));
        identity.AddClaim(new Claim(Caller.TenantClaim, tenant));
        identity.AddClaims(roles.Select(role => new Claim(Caller.RoleClaim, role)));
        identity.AddClaims(chapters.Select(chapter => new Claim(Caller.ChapterClaim, chapter.ToString("D", CultureInfo.InvariantCulture))));
        if (below)
        {
            identity.AddClaim(new Claim(Caller.BelowClaim, "true"));
        }

        if (onlyHere)
        {
            identity.AddClaim(new Claim(Caller.OnlyHereClaim, "true"));
        }

        if (authenticatedAt is { } seconds)
        {
            identity.AddClaim(new Claim(Caller.AuthenticatedAtClaim, seconds.ToString(CultureInfo.InvariantCulture)));
        }

        return new ClaimsPrincipal(identity);
    }
}
