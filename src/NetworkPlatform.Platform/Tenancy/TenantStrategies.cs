using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using NetworkPlatform.Platform.Http;

namespace NetworkPlatform.Platform.Tenancy;

/// <summary>The host name's part that <see cref="TenantResolutionOptions.HostTemplate"/> points at. A template that cannot be keeps the host from starting.</summary>
public sealed class HostStrategy(IOptions<TenantResolutionOptions> options) : ITenantStrategy
{
    private const string Token = "__tenant__";

    private readonly Regex? hosts = options.Value.HostTemplate is { Length: > 0 } template ? Compile(template) : null;

    public int Priority => 400;

    public ValueTask<string?> GetIdentifierAsync(HttpContext context) =>
        ValueTask.FromResult(NameIn(context.Request.Host));

    /// <summary>Null where the host is none of the template's.</summary>
    public string? NameIn(HostString host) => hosts?.Match(host.Host) is { Success: true } match ? match.Groups["tenant"].Value : null;

    private static Regex Compile(string template)
    {
        if (template.Split(Token).Length != 2 || template.Count(c => c == '*') > 1 || template.Split('.').Any(s => s.Length > 1 && s.AsSpan().ContainsAny('*', '?')))
        {
            throw new InvalidOperationException(
                $"Tenancy:HostTemplate is '{template}'; it must contain {Token} once, at most one *, and every * and ? must be a segment of its own.");
        }

        var pattern = Regex.Escape(template);
        if (pattern.EndsWith(@"\.\*", StringComparison.Ordinal))
        {
            pattern = pattern[..^@"\.\*".Length] + @"(\.[^.]+)*";
        }

        pattern = pattern.Replace(@"\*\.", @"([^.]+\.)*", StringComparison.Ordinal).Replace(@"\?", "[^.]+", StringComparison.Ordinal)
            .Replace(Token, template == Token ? "(?<tenant>.+)" : "(?<tenant>[^.]+)", StringComparison.Ordinal);
        return new Regex($@"^{pattern}\z", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
    }
}

/// <summary>The <c>X-Tenant</c> header; of several, the first.</summary>
internal sealed class HeaderStrategy : ITenantStrategy
{
    public int Priority => 300;

    public ValueTask<string?> GetIdentifierAsync(HttpContext context) =>
        ValueTask.FromResult(context.Request.Headers["X-Tenant"].FirstOrDefault());
}

/// <summary>The <c>__tenant__</c> in the path, where the endpoint's route has one.</summary>
internal sealed class RouteStrategy : ITenantStrategy
{
    public int Priority => 200;

    public ValueTask<string?> GetIdentifierAsync(HttpContext context) => ValueTask.FromResult(context.GetRouteValue("__tenant__") as string);
}

/// <summary>The verified token's <c>tenant</c> claim, so that a program needs to name its tenant only once.</summary>
internal sealed class ClaimStrategy : ITenantStrategy
{
    public int Priority => 100;

    public async ValueTask<string?> GetIdentifierAsync(HttpContext context)
    {
        var authentication = await context.AuthenticateAsync();
        return authentication.Principal?.FindFirst(Caller.TenantClaim)?.Value;
    }
}
