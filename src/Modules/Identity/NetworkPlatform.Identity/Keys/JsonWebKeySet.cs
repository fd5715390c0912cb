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

        List<JsonWebKey> read = [.. keys.EnumerateArray().Select(ReadKey).OfType<JsonWebKey>()];
        return read.Count == keys.GetArrayLength() ? new JsonWebKeySet(read) : null;
    }

    /// <summary>A key that can be used, and nothing private in it; else null.</summary>
    internal static JsonWebKey? ReadKey(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object && !Private.Any(name => json.TryGetProperty(name, out _)) && json.Deserialize<JsonWebKey>() is { IsUsable: true } key ? key : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
