using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>A browser without scripts: keeps cookies, follows no redirect by itself, and sends forms as the page has them, hidden fields included.</summary>
public sealed partial class Browser
{
    private readonly HttpClient http;
    private readonly CookieContainer cookies = new();

    /// <param name="node">The fixture's own where it is null.</param>
    public Browser(ApiFixture api, string tenant, string host = "http://localhost", ApiHost? node = null)
    {
        Tenant = tenant;
        Address = new Uri(host);
        http = (node ?? api.Host).CreateDefaultClient(Address, new CookieHandler(cookies));
    }

    public string Tenant { get; }

    public Uri Address { get; }

    /// <summary>Sent with every request.</summary>
    public HttpRequestHeaders Headers => http.DefaultRequestHeaders;

    public CookieCollection Cookies => cookies.GetCookies(Address);

    public void SetCookie(string name, string value) => cookies.Add(Address, new Cookie(name, value, "/"));

    public async Task<PageAnswer> Get(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At(path));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await PageAnswer.Of(await http.SendAsync(request));
    }

    /// <summary>Fills the page's form in and sends it.</summary>
    /// <param name="form">Which of the page's forms: one whose HTML contains this.</param>
    public async Task<PageAnswer> Submit(string path, object fields, string form = "")
    {
        var page = await Get(path);
        page.Status.ShouldBe(HttpStatusCode.OK, page.Html);
        return await Submit(page, fields, form);
    }

    public async Task<PageAnswer> Submit(PageAnswer page, object fields, string form = "", bool asMultipart = false)
    {
        var found = Form().Matches(page.Html).Select(m => m.Value).FirstOrDefault(f => f.Contains(form, StringComparison.Ordinal)).ShouldNotBeNull($"no form '{form}' in {page.Html}");
        var values = Hidden().Matches(found).ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value), StringComparer.Ordinal);
        foreach (var property in fields.GetType().GetProperties())
        {
            values[property.Name] = property.GetValue(fields)?.ToString() ?? "";
        }

        var action = WebUtility.HtmlDecode(Action().Match(found).Groups["action"].Value);
        if (!asMultipart)
        {
            return await Post(action, values);
        }

        using var parts = new MultipartFormDataContent();
        foreach (var (name, value) in values)
        {
            parts.Add(new StringContent(value), name);
        }

        return await PageAnswer.Of(await http.PostAsync(At(action), parts));
    }

    public async Task<PageAnswer> Post(string path, IReadOnlyDictionary<string, string> values)
    {
        using var content = new FormUrlEncodedContent(values);
        return await PageAnswer.Of(await http.PostAsync(At(path), content));
    }

    public Task<PageAnswer> SignIn(string email, string password) => Submit("/account/sign-in", new { email, password });

    private Uri At(string path) => new(path.Contains("tenant=", StringComparison.Ordinal) ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}tenant={Tenant}", UriKind.Relative);

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex Form();

    [GeneratedRegex("<input[^>]*?name=\"(?<name>[^\"]+)\"[^>]*?type=\"hidden\"[^>]*?value=\"(?<value>[^\"]*)\"|<input[^>]*?type=\"hidden\"[^>]*?name=\"(?<name>[^\"]+)\"[^>]*?value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hidden();

    [GeneratedRegex("action=\"(?<action>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Action();

    private sealed class CookieHandler(CookieContainer cookies) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (cookies.GetCookieHeader(request.RequestUri!) is { Length: > 0 } header)
            {
                request.Headers.TryAddWithoutValidation("Cookie", header);
            }

            var response = await base.SendAsync(request, cancellationToken);
            foreach (var set in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
            {
                cookies.SetCookies(request.RequestUri!, set);
            }

            return response;
        }
    }
}

/// <summary>What a page answered.</summary>
public sealed record PageAnswer(HttpStatusCode Status, string Html, string? Location, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<string> SetCookies)
{
    /// <summary>What people read, without markup.</summary>
    public string Text => WebUtility.HtmlDecode(Regex.Replace(Html, "<[^>]+>", " ", RegexOptions.None, TimeSpan.FromSeconds(1)));

    public void ShouldLeadTo(string path)
    {
        Status.ShouldBe(HttpStatusCode.SeeOther, Html);
        Location.ShouldNotBeNull().Split('?')[0].ShouldBe(path);
    }

    public void ShouldRefuse(string text)
    {
        Status.ShouldBe(HttpStatusCode.BadRequest, Html);
        Text.ShouldContain(text);
    }

    internal static async Task<PageAnswer> Of(HttpResponseMessage response)
    {
        using (response)
        {
            return new PageAnswer(
                response.StatusCode,
                await response.Content.ReadAsStringAsync(),
                response.Headers.Location?.OriginalString,
                response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
                [.. response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : []]);
        }
    }
}
