using Microsoft.AspNetCore.Authentication;
using NetworkPlatform.Platform.Http;

namespace NetworkPlatform.Platform.Tenancy;

/// <summary>The first label of the host under the configured base domain: <c>harbour.example.org</c> is <c>harbour</c>.</summary>
internal sealed class HostStrategy(IConfiguration configuration) : ITenantStrategy
{
    private readonly string? suffix = configuration["Tenancy:BaseDomain"] is { Length: > 0 } domain ? "." + domain : null;

    public int Priority => 300;

    public ValueTask<string?> GetIdentifierAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        return ValueTask.FromResult(
            suffix is not null && host.Length > suffix.Length && host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
            && host.AsSpan(0, host.Length - suffix.Length).IndexOf('.') < 0
                ? host[..^suffix.Length]
                : null);
    }
}

/// <summary>The <c>X-Tenant</c> header.</summary>
internal sealed class HeaderStrategy : ITenantStrategy
{
    public int Priority => 200;

    public ValueTask<string?> GetIdentifierAsync(HttpContext context) =>
        ValueTask.FromResult(context.Request.Headers["X-Tenant"].FirstOrDefault());
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
