using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NetworkPlatform.Identity.Keys;

/// <summary>
/// A signed token (RFC 7519, compact), taken apart. Nothing in it is believed: the header only says which of the keys and algorithms that we expect is meant, and one that
/// brings or links keys of its own, or demands what we do not know, is no token here.
/// </summary>
internal sealed class JsonWebToken
{
    private const int MaxLength = 16_384;

    /// <summary>For a clock that somebody else set.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(10);

    private static readonly string[] Refused = ["jku", "x5u", "x5c", "crit"];
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[] signed;
    private readonly byte[] signature;

    private JsonWebToken(JsonElement header, JsonElement claims, byte[] signed, byte[] signature)
    {
        (Header, Claims, this.signed, this.signature) = (header, claims, signed, signature);
    }

    internal JsonElement Header { get; }

    internal JsonElement Claims { get; }

    internal string Algorithm => TextOf(Header, "alg") ?? "";

    internal string? Type => TextOf(Header, "typ");

    internal string? KeyId => TextOf(Header, "kid");

    internal string? Issuer => Text("iss");

    internal string? Subject => Text("sub");

    internal DateTimeOffset? ExpiresAt => Instant("exp");

    /// <summary>Null for what is no such token.</summary>
    /// <param name="withKey">A proof of possession brings its key (RFC 9449); nothing else may.</param>
    internal static JsonWebToken? Read(string text, bool withKey = false)
    {
        if (text.Length > MaxLength || text.Split('.') is not [var header, var claims, { Length: > 0 } signature])
        {
            return null;
        }

        try
        {
            var token = new JsonWebToken(Parse(header), Parse(claims), Encoding.ASCII.GetBytes(text[..(header.Length + claims.Length + 1)]), Base64Url.DecodeFromChars(signature));
            return token.Header.ValueKind == JsonValueKind.Object && token.Claims.ValueKind == JsonValueKind.Object
                && !Refused.Any(name => token.Header.TryGetProperty(name, out _)) && token.Header.TryGetProperty("jwk", out _) == withKey ? token : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    internal static string Sign<TClaims>(LoadedKey key, string type, TClaims claims)
    {
        var content = $"{Encode(new { alg = key.Public.Algorithm, typ = type, kid = key.KeyId })}.{Encode(claims)}";
        return $"{content}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(content)))}";
    }

    internal bool IsSignedBy(JsonWebKey key) => key.Verify(Algorithm, signed, signature);

    /// <summary>A claim that is a text; null where it is absent or something else.</summary>
    internal string? Text(string name) => TextOf(Claims, name);

    /// <summary>A claim in seconds since 1970.</summary>
    internal DateTimeOffset? Instant(string name) =>
        Claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;

    /// <summary>A claim that is one text or a list of them.</summary>
    internal IReadOnlyList<string> Texts(string name) => Claims.TryGetProperty(name, out var value) ? TextsOf(value) : [];

    /// <summary>Whether it holds now: it must say until when, and it must not be of the future.</summary>
    internal bool HoldsAt(DateTimeOffset now) => ExpiresAt > now && !(Instant("iat") > now + ClockSkew) && !(Instant("nbf") > now + ClockSkew);

    internal bool IsFor(string audience) => Texts("aud").Contains(audience, StringComparer.Ordinal);

    internal static IReadOnlyList<string> TextsOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().Select(TextOf).OfType<string>()],
        _ => TextOf(value) is { } text ? [text] : [],
    };

    /// <summary>Null for what is no text, or one that cannot be: JSON can write half of a character, and U+0000, which no database holds.</summary>
    internal static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String && value.GetString() is { } text && ValidationRules.IsStorable(text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement part, string name) => part.TryGetProperty(name, out var value) ? TextOf(value) : null;

    private static JsonElement Parse(string part) => JsonElement.Parse(Base64Url.DecodeFromChars(part), Strict);

    private static string Encode<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part, Plain));
}
