using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetworkPlatform.Identity.Keys;

/// <summary>Public keys together (RFC 7517 §5).</summary>
internal sealed record JsonWebKeySet([property: JsonPropertyName("keys")] IReadOnlyList<JsonWebKey> Keys)
{
    private const int Most = 10;

    private static readonly string[] Private = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <summary>One to ten keys that can all be used, and nothing private among them; else null.</summary>
    internal static JsonWebKeySet? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array || keys.GetArrayLength() is 0 or > Most)
        {
            return null;
        }

        try
        {
            var read = json.Deserialize<JsonWebKeySet>()!;
            return keys.EnumerateArray().All(k => !Private.Any(name => k.TryGetProperty(name, out _))) && read.Keys.All(k => k.IsUsable) ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
