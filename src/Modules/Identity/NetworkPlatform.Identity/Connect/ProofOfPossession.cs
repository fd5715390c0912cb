using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Keys;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

internal sealed record ProofRefused(string Reason) : Refused("invalid_dpop_proof", Reason);

/// <summary>
/// A client shows by a signature on this very request that it holds a key (DPoP, RFC 9449). A token that is bound to a key is worth nothing without it. Whether a proof came before is known on each
/// node by itself: it holds for a minute, and for one method and address.
/// </summary>
internal sealed class ProofOfPossession(TokenSettings settings, HostStrategy hosts, TimeProvider clock) : IDisposable
{
    internal const string Scheme = "DPoP";

    private const string Type = "dpop+jwt";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(10);

    private readonly MemoryCache seen = new(new MemoryCacheOptions { SizeLimit = 100_000 });
    private readonly Lock looking = new();

    public void Dispose() => seen.Dispose();

    /// <summary>The thumbprint of the key that the request proves; null where it brings no proof.</summary>
    /// <param name="accessToken">The one that the request comes with, which the proof must name.</param>
    internal Result<ProvenKey> Read(HttpContext http, string? accessToken = null)
    {
        var header = http.Request.Headers[Scheme];
        if (header.Count == 0)
        {
            return new ProvenKey(null);
        }

        // It counts once, but for all who look at it in the one request that it came with.
        var asked = new ReadFor(accessToken);
        if (!http.Items.TryGetValue(asked, out var read))
        {
            http.Items[asked] = read = Judge(http, header, accessToken);
        }

        return (Result<ProvenKey>)read!;
    }

    private Result<ProvenKey> Judge(HttpContext http, StringValues header, string? accessToken) =>
        header is [{ } text] && JsonWebToken.Read(text, withKey: true) is { Type: Type } proof && KeyOf(proof) is { } key && Is(proof, key, http.Request, accessToken) && IsFirst(proof, key)
            ? new ProvenKey(key.Thumbprint)
            : new ProofRefused("The DPoP header must hold one proof for this request, signed now and used once.");

    /// <summary>Whether the request may use the token: one that is bound to a key by the proof of that key, any other without.</summary>
    internal bool MayUse(HttpContext http, AccessToken token, string text, bool isBearer) =>
        token.Confirmation is { } bound ? !isBearer && Read(http, text).Value?.Thumbprint == bound.KeyThumbprint : isBearer;

    private static JsonWebKey? KeyOf(JsonWebToken proof) =>
        JsonWebKeySet.ReadKey(proof.Header.GetProperty("jwk")) is { } key && SigningAlgorithm.Verified.Contains(proof.Algorithm, StringComparer.Ordinal) ? key : null;

    /// <summary>Its <c>htu</c> must be an address of ours: whoever was sent a proof for theirs could else repeat it here under their own host name.</summary>
    private bool Is(JsonWebToken proof, JsonWebKey key, HttpRequest request, string? accessToken)
    {
        var now = clock.GetUtcNow();
        return proof.IsSignedBy(key)
            && proof.Text("jti") is { Length: > 0 and <= 200 }
            && proof.Text("htm") == request.Method
            && proof.Text("htu") is { } address && (address == settings.Issuer + request.Path || (hosts.NameIn(request.Host) is not null && address == $"{request.Scheme}://{request.Host}{request.Path}"))
            && proof.Instant("iat") is { } made && made > now - Lifetime && made < now + ClockSkew
            && (accessToken is null || proof.Text("ath") == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken))));
    }

    private bool IsFirst(JsonWebToken proof, JsonWebKey key)
    {
        var name = $"{key.Thumbprint}\n{proof.Text("jti")}";
        lock (looking)
        {
            return !seen.TryGetValue(name, out _)
                && seen.Set(name, true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lifetime + ClockSkew + ClockSkew });
        }
    }

    private sealed record ReadFor(string? AccessToken);
}

/// <param name="Thumbprint">RFC 7638; null where nothing was proven.</param>
internal sealed record ProvenKey(string? Thumbprint)
{
    /// <summary>What the client's refresh token is bound to: one that can keep no secret refreshes by the same key only; any other has its own credentials.</summary>
    internal string? Binding(ApiClient client) => client.Kind == ClientKind.Native ? Thumbprint : null;
}
