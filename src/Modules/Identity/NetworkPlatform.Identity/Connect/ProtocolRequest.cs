using Microsoft.Extensions.Primitives;

namespace NetworkPlatform.Identity.Connect;

/// <summary>The parameters of a request to a protocol endpoint, each given once; an empty one counts as absent (RFC 6749 §3.1).</summary>
internal sealed class ProtocolRequest(IEnumerable<KeyValuePair<string, StringValues>> parameters)
{
    private readonly Dictionary<string, string> values = parameters
        .Where(p => p.Value is [{ Length: > 0 }]).ToDictionary(p => p.Key, p => p.Value[0]!, StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, string> Values => values;

    /// <summary>Null where it is absent.</summary>
    internal string? this[string name] => values.GetValueOrDefault(name);

    internal IReadOnlyList<string> List(string name) => this[name]?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList() ?? [];

    /// <summary>Of the body, which alone may hold secrets: addresses end up in logs.</summary>
    internal static async Task<Result<ProtocolRequest>> ReadForm(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!http.Request.HasFormContentType || http.Request.Query.Count > 0)
        {
            return new Refused("invalid_request", "Send the parameters as application/x-www-form-urlencoded in the body, and none in the address.");
        }

        var form = await FormOf(http);
        return !form.IsSuccess ? form.Error : TwiceIn(form.Value) is { } name ? new Refused("invalid_request", $"{name} is given twice.") : new ProtocolRequest(form.Value);
    }

    /// <summary>What was posted; nothing where that is no form.</summary>
    internal static async Task<Result<List<KeyValuePair<string, StringValues>>>> FormOf(HttpContext http)
    {
        try
        {
            return http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted)).ToList() : [];
        }
        catch (Exception exception) when (exception is InvalidDataException || (exception is IOException and not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested))
        {
            // Of another form than it says, or cut off.
            return new Refused("invalid_request", "The form cannot be read.");
        }
    }

    /// <summary>The name of a parameter that is given twice; null where none is.</summary>
    internal static string? TwiceIn(IEnumerable<KeyValuePair<string, StringValues>> parameters) => parameters.Where(p => p.Value.Count > 1).Select(p => p.Key).FirstOrDefault();
}
