using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>Talks to the service as any program would.</summary>
public sealed class ApiClient(HttpClient http, (string Id, string Secret) credentials = default)
{
    public HttpClient Http => http;

    /// <summary>Fetches a new token: those of before the clock was moved are out of date.</summary>
    public async Task Renew()
    {
        http.DefaultRequestHeaders.Authorization = null;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await FetchToken(http, credentials.Id, credentials.Secret));
    }

    public static async Task<string> FetchToken(HttpClient http, string clientId, string secret)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = clientId,
            ["client_secret"] = secret,
        });
        using var response = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        var token = await response.Content.ReadFromJsonAsync<JsonElement>();
        return token.Text("access_token");
    }

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path);

    public Task<Answer> Post(string path, object? body = null, params (string Name, string Value)[] headers) => Send(HttpMethod.Post, path, body, headers);

    public Task<Answer> Patch(string path, object body, params (string Name, string Value)[] headers) => Send(HttpMethod.Patch, path, body, headers);

    public async Task<Answer> Send(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path.StartsWith("//", StringComparison.Ordinal) ? path[1..] : "/api/v1" + path, UriKind.Relative));
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            _ => JsonContent.Create(body),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.ETag?.Tag, response.Headers.Location);
    }

    /// <summary>Every item of a paged list.</summary>
    public async Task<List<JsonElement>> All(string path)
    {
        List<JsonElement> items = [];
        string? cursor = null;
        do
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = await Get($"{path}{separator}limit=100{(cursor is null ? "" : $"&cursor={cursor}")}").Ok();
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        return items;
    }
}

/// <summary>What the service answered.</summary>
public sealed record Answer(HttpStatusCode Status, string Body, string? ETag, Uri? Location)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The problem's name, for example <c>shift-overlap</c>.</summary>
    public string ProblemType => Json.Text("type").Split('/')[^1];

    public JsonElement ShouldBe(HttpStatusCode expected)
    {
        Status.ShouldBe(expected, Body);
        return Body.Length == 0 ? default : Json;
    }

    public JsonElement ShouldBeProblem(int status, string type)
    {
        ((int)Status).ShouldBe(status, Body);
        ProblemType.ShouldBe(type, Body);
        Json.GetProperty("status").GetInt32().ShouldBe(status);
        Json.Text("traceId").ShouldNotBeEmpty();
        return Json;
    }

    /// <summary>400 that names the field.</summary>
    public void ShouldBeInvalid(string field)
    {
        var problem = ShouldBeProblem(400, "invalid");
        problem.GetProperty("errors").TryGetProperty(field, out var messages).ShouldBeTrue(Body);
        messages[0].GetString().ShouldNotBeNullOrWhiteSpace();
    }
}

public static class Answers
{
    public static async Task<JsonElement> Ok(this Task<Answer> answer) => (await answer).ShouldBe(HttpStatusCode.OK);

    public static async Task<JsonElement> Created(this Task<Answer> answer) => (await answer).ShouldBe(HttpStatusCode.Created);

    public static async Task<JsonElement> Accepted(this Task<Answer> answer) => (await answer).ShouldBe(HttpStatusCode.Accepted);

    public static async Task NoContent(this Task<Answer> answer) => (await answer).ShouldBe(HttpStatusCode.NoContent);

    public static async Task<JsonElement> Problem(this Task<Answer> answer, int status, string type) => (await answer).ShouldBeProblem(status, type);

    public static Guid Id(this JsonElement json) => json.GetProperty("id").GetGuid();

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";

    public static int Number(this JsonElement json, string name) => json.GetProperty(name).GetInt32();
}

/// <summary>Waits for what happens behind the answer, by events.</summary>
public static class Eventually
{
    public static async Task<T> Get<T>(Func<Task<T>> read, Func<T, bool> until, int seconds = 60)
    {
        var deadline = DateTime.UtcNow.AddSeconds(seconds);
        while (true)
        {
            var value = await read();
            if (until(value))
            {
                return value;
            }

            if (DateTime.UtcNow > deadline)
            {
                throw new TimeoutException($"Not within {seconds} s; the last value was {value}.");
            }

            await Task.Delay(50);
        }
    }
}
