using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Json;
using System.Text.Json;

namespace NetworkPlatform.Identity.Keys;

/// <summary>Another issuer cannot be asked, or says something of itself that cannot be.</summary>
[SuppressMessage("Design", "CA1064", Justification = "It never leaves the module, whose only public type is the module class.")]
internal sealed class IssuerUnavailableException(string issuer, string reason, Exception? cause = null) : Exception($"The issuer {issuer} {reason}.", cause);

/// <summary>What another issuer publishes of itself (OpenID Connect Discovery 1.0), and its keys.</summary>
internal sealed record IssuerDocument(string Issuer, JsonElement Metadata, IReadOnlyList<JsonWebKey> Keys, DateTimeOffset FetchedAt)
{
    /// <summary>One of its endpoints, for example <c>authorization_endpoint</c>.</summary>
    internal Uri Endpoint(string name) => Metadata.TryGetProperty(name, out var value) && Uri.TryCreate(JsonWebToken.TextOf(value), UriKind.Absolute, out var address)
        ? address
        : throw new IssuerUnavailableException(Issuer, $"has no {name}");
}

/// <summary>
/// Other issuers' documents and keys, remembered for an hour, and looked up again, not more often than every half minute, for a key that is not among them. Public, so the same for
/// every tenant. Whatever is named in a token is never asked for: only issuers that somebody has configured.
/// </summary>
internal sealed class Issuers(IHttpClientFactory clients, TimeProvider clock)
{
    private const int MostRemembered = 1000;

    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeptForWantOfBetter = TimeSpan.FromDays(1);
    private static readonly TimeSpan NotSooner = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> known = new(StringComparer.Ordinal);

    /// <exception cref="IssuerUnavailableException">It does not answer, or not as itself.</exception>
    internal ValueTask<IssuerDocument> Find(string issuer, CancellationToken cancellationToken) => Find(issuer, Remembered, cancellationToken);

    /// <summary>The issuer's key of that id, or its only key for a token that names none; null where there is none.</summary>
    /// <exception cref="IssuerUnavailableException">It does not answer, or not as itself.</exception>
    internal async ValueTask<JsonWebKey?> FindKey(string issuer, string? keyId, CancellationToken cancellationToken) =>
        KeyIn(await Find(issuer, Remembered, cancellationToken), keyId) ?? KeyIn(await Find(issuer, NotSooner, cancellationToken), keyId);

    private static JsonWebKey? KeyIn(IssuerDocument document, string? keyId) =>
        keyId is null ? (document.Keys is [var only] ? only : null) : document.Keys.FirstOrDefault(k => k.KeyId == keyId);

    /// <summary>Whether another party is to blame: it does not answer, or in a form that none can read.</summary>
    internal static bool IsTheirs(Exception exception, CancellationToken cancellationToken) => !cancellationToken.IsCancellationRequested
        && exception is HttpRequestException or JsonException or IssuerUnavailableException or OperationCanceledException or UriFormatException or InvalidOperationException or NotSupportedException;

    private async ValueTask<IssuerDocument> Find(string issuer, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(issuer, out var entry) && entry.Document is { } recent && IsWithin(recent.FetchedAt, atMost))
        {
            return recent;
        }

        if (entry is null)
        {
            if (known.Count >= MostRemembered)
            {
                known.Clear();
            }

            entry = known.GetOrAdd(issuer, _ => new Entry());
        }

        await entry.Fetching.WaitAsync(cancellationToken);
        try
        {
            return entry.Document is { } fetched && IsWithin(fetched.FetchedAt, atMost) ? fetched : await Fetch(issuer, entry, cancellationToken);
        }
        finally
        {
            entry.Fetching.Release();
        }
    }

    private async Task<IssuerDocument> Fetch(string issuer, Entry entry, CancellationToken cancellationToken)
    {
        var failure = entry.Failure;
        if (failure is null || !IsWithin(entry.FailedAt, NotSooner))
        {
            try
            {
                entry.Document = await Fetch(issuer, cancellationToken);
                entry.Failure = null;
                return entry.Document;
            }
            catch (Exception exception) when (IsTheirs(exception, cancellationToken))
            {
                failure = exception as IssuerUnavailableException ?? new IssuerUnavailableException(issuer, "does not answer", exception);
                (entry.Failure, entry.FailedAt) = (failure, clock.GetUtcNow());
            }
        }

        return entry.Document is { } old && IsWithin(old.FetchedAt, KeptForWantOfBetter) ? old : throw new IssuerUnavailableException(issuer, "cannot be used", failure);
    }

    private async Task<IssuerDocument> Fetch(string issuer, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(OutboundRequests.ClientName);
        var metadata = await http.GetFromJsonAsync<JsonElement>(new Uri($"{issuer.TrimEnd('/')}/.well-known/openid-configuration"), cancellationToken);
        if (metadata.ValueKind != JsonValueKind.Object || !metadata.TryGetProperty("issuer", out var name) || JsonWebToken.TextOf(name) != issuer)
        {
            throw new IssuerUnavailableException(issuer, "calls itself something else");
        }

        var document = new IssuerDocument(issuer, metadata, [], clock.GetUtcNow());
        var keys = await http.GetFromJsonAsync<JsonElement>(document.Endpoint("jwks_uri"), cancellationToken);
        return keys.ValueKind == JsonValueKind.Object && keys.TryGetProperty("keys", out var list) && list.ValueKind == JsonValueKind.Array
            ? document with { Keys = [.. list.EnumerateArray().Select(Usable).OfType<JsonWebKey>()] }
            : throw new IssuerUnavailableException(issuer, "publishes no keys");
    }

    private static JsonWebKey? Usable(JsonElement key)
    {
        try
        {
            return key.Deserialize<JsonWebKey>() is { IsUsable: true } usable ? usable : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsWithin(DateTimeOffset at, TimeSpan atMost) => clock.GetUtcNow() - at < atMost;

    private sealed class Entry
    {
        internal SemaphoreSlim Fetching { get; } = new(1, 1);

        internal volatile IssuerDocument? Document;
        internal Exception? Failure;
        internal DateTimeOffset FailedAt;
    }
}
