using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>A client for which people sign in, as a test drives it: by hand, so that it can also do what no library would.</summary>
public sealed record RelyingParty(Tenant Tenant, Guid Id, string ClientId, string? Secret)
{
    public const string RedirectUri = "https://app.example/back";
    public const string LoggedOut = "https://app.example/bye";
    public const string Verifier = "a-verifier-of-more-than-forty-three-characters-in-all";
    public const string AllScopes = "openid profile email offline_access networkplatform";

    public static string Challenge { get; } = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public static async Task<RelyingParty> New(Tenant tenant, object? changes = null, ApiClient? admin = null)
    {
        var body = JsonSerializer.SerializeToNode(new { name = "An application", kind = "web", requireConsent = false, redirectUris = new[] { RedirectUri }, postLogoutRedirectUris = new[] { LoggedOut } })!.AsObject();
        foreach (var (name, value) in changes is null ? [] : JsonSerializer.SerializeToNode(changes)!.AsObject().ToList())
        {
            body[name] = value?.DeepClone();
        }

        var created = await (admin ?? tenant.Admin).Post("/clients", body).Created();
        return new RelyingParty(tenant, created.Id(), created.Text("clientId"), created.GetProperty("clientSecret").GetString());
    }

    /// <summary>The parameters of a good authorization request, changed; a null takes one away.</summary>
    public Dictionary<string, string> Request(params (string Name, string? Value)[] changes)
    {
        var request = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["client_id"] = ClientId,
            ["redirect_uri"] = RedirectUri,
            ["response_type"] = "code",
            ["scope"] = AllScopes,
            ["state"] = "a state",
            ["nonce"] = "a nonce",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                request.Remove(name);
            }
            else
            {
                request[name] = value;
            }
        }

        return request;
    }

    public string Address(params (string Name, string? Value)[] changes) => QueryHelpers.AddQueryString("/connect/authorize", Request(changes).ToDictionary(p => p.Key, p => (string?)p.Value, StringComparer.Ordinal));

    public Task<PageAnswer> Ask(Browser browser, params (string Name, string? Value)[] changes) => browser.Get(Address(changes));

    /// <summary>A code for whoever is signed in there, and agrees where they are asked.</summary>
    public async Task<string> Code(Browser browser, params (string Name, string? Value)[] changes)
    {
        var answer = await Ask(browser, changes);
        return (answer.Location?.StartsWith("/account/consent", StringComparison.Ordinal) == true
            ? await browser.Get((await browser.Submit(answer.Location, new { decision = "allow" })).Location!)
            : answer).ShouldGoBackWith("code");
    }

    public Task<JsonElement> Redeem(string code) => Token(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RedirectUri), ("code_verifier", Verifier)).Ok();

    public Task<JsonElement> Refresh(string token) => Token(("grant_type", "refresh_token"), ("refresh_token", token)).Ok();

    /// <summary>All tokens for somebody.</summary>
    public async Task<JsonElement> SignIn(Somebody person, params (string Name, string? Value)[] changes) => await Redeem(await Code(await person.SignedIn(), changes));

    public Task<Answer> Token(params (string Name, string Value)[] form) => Post("/connect/token", form);

    /// <summary>A form with the client's credentials.</summary>
    public async Task<Answer> Post(string path, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
        request.Content = new FormUrlEncodedContent((Secret is null && !form.Any(p => p.Name == "client_id") ? form.Append(("client_id", ClientId)) : form).Select(p => KeyValuePair.Create(p.Item1, p.Item2)));
        if (Secret is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(ClientId)}:{Uri.EscapeDataString(Secret)}")));
        }

        return await Send(Tenant.Fixture, request);
    }

    public static async Task<Answer> Send(ApiFixture api, HttpRequestMessage request)
    {
        using var response = await api.Host.CreateClient().SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.ETag?.Tag, response.Headers.Location);
    }
}

public static class RelyingPartyAnswers
{
    /// <summary>A redirect to the client with the parameter, whose value it returns.</summary>
    public static string ShouldGoBackWith(this PageAnswer answer, string parameter)
    {
        answer.Status.ShouldBe(HttpStatusCode.SeeOther, answer.Html);
        var location = answer.Location.ShouldNotBeNull();
        location.ShouldStartWith(RelyingParty.RedirectUri + "?");
        var query = QueryHelpers.ParseQuery(new Uri(location).Query);
        query.ShouldContainKey(parameter, location);
        return query[parameter].ShouldHaveSingleItem()!;
    }

    /// <summary>A page for the person, and nothing that leads elsewhere.</summary>
    public static void ShouldStayHere(this PageAnswer answer)
    {
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, answer.Html);
        answer.Location.ShouldBeNull();
        answer.Headers["Content-Type"].ShouldStartWith("text/html");
    }

    /// <summary>RFC 6749's error.</summary>
    public static async Task ShouldBeRefused(this Task<Answer> pending, string error, int status = 400)
    {
        var answer = await pending;
        ((int)answer.Status).ShouldBe(status, answer.Body);
        answer.Json.Text("error").ShouldBe(error, answer.Body);
    }

    /// <summary>What a token says, its signature aside.</summary>
    public static JsonObject Claims(this string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();

    public static JsonObject Header(this string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[0]))!.AsObject();

    /// <summary>What the API says to the token.</summary>
    public static async Task<HttpStatusCode> TryToken(this ApiFixture api, string token, ApiHost? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tenant");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var response = await (host ?? api.Host).CreateClient().SendAsync(request);
        return response.StatusCode;
    }
}
