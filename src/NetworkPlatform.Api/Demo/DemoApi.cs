using System.Net.Http.Headers;
using System.Text.Json;

namespace NetworkPlatform.Api.Demo;

/// <summary>A program that uses the service over HTTP as any other would. Its token is fetched anew when the demo's clock has moved on.</summary>
internal sealed class DemoApi(HttpClient http, string clientId, string clientSecret)
{
    internal async Task Authenticate()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = clientId,
            ["client_secret"] = clientSecret,
        });
        using var response = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        response.EnsureSuccessStatusCode();
        var token = await response.Content.ReadFromJsonAsync<JsonElement>();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
    }

    /// <summary>Posts and expects it to be taken.</summary>
    internal async Task<JsonElement> Post(string path, object body)
    {
        var (accepted, json) = await TryPost(path, body);
        return accepted ? json : throw new InvalidOperationException($"The demo was refused {path}: {json}");
    }

    /// <summary>Posts what the rules may refuse.</summary>
    internal async Task<(bool Accepted, JsonElement Json)> TryPost(string path, object body)
    {
        using var response = await http.PostAsJsonAsync(Address(path), body);
        var text = await response.Content.ReadAsStringAsync();
        return (response.IsSuccessStatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>Every item of a paged list.</summary>
    internal async Task<List<JsonElement>> All(string path)
    {
        List<JsonElement> items = [];
        string? cursor = null;
        do
        {
            var page = await http.GetFromJsonAsync<JsonElement>(Address($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=100&cursor={cursor}"));
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        return items;
    }

    private static Uri Address(string path) => new("/api/v1" + path, UriKind.Relative);
}
