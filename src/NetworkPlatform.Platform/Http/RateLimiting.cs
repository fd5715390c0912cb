using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using NetworkPlatform.Platform.Results;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Http;

public sealed record TooManyRequests() : Error("Too many requests. Wait as many seconds as the Retry-After header says.");

/// <summary>Keeps one address from costing everybody's authentication, and one tenant from costing the others' answers.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "A limiter lives as long as the application.")]
internal static class RateLimiting
{
    private const int BytesOfOneSite = 8;

    internal static void AddRateLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimits>().BindConfiguration("RateLimits")
            .Validate(limits => limits.AreSensible, "Every number under RateLimits must be more than zero (Waiting may be zero).").ValidateOnStart();
        services.AddRateLimiter(_ => { });
    }

    /// <summary>Goes before authentication.</summary>
    internal static void UseAddressLimit(this IApplicationBuilder app)
    {
        var rate = app.ApplicationServices.GetRequiredService<IOptions<RateLimits>>().Value.Address;
        Use(app, PartitionedRateLimiter.Create<HttpContext, IPAddress>(context =>
            RateLimitPartition.GetTokenBucketLimiter(SiteOf(context.Connection.RemoteIpAddress), _ => Bucket(rate))));
    }

    /// <summary>Goes after authentication: only the tenant's own callers use its share up.</summary>
    internal static void UseTenantLimit(this IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<IOptions<RateLimits>>().Value;

        // First a place, then a token: a request that waits for its place is asked twice, and must not pay twice.
        Use(app, PartitionedRateLimiter.CreateChained(
            PerTenant(limits, RateLimitPartition.GetConcurrencyLimiter, share => new ConcurrencyLimiterOptions { PermitLimit = share.AtOnce, QueueLimit = share.Waiting }),
            PerTenant(limits, RateLimitPartition.GetTokenBucketLimiter, Bucket)));
    }

    private static PartitionedRateLimiter<HttpContext> PerTenant<TOptions>(
        RateLimits limits, Func<Partition, Func<Partition, TOptions>, RateLimitPartition<Partition>> limiter, Func<TenantShare, TOptions> options) =>
        PartitionedRateLimiter.Create<HttpContext, Partition>(context =>
        {
            var tenant = context.RequestServices.GetRequiredService<TenantContext>();
            return PermissionHandler.IsForTenant(context.User, tenant)
                ? limiter(new Partition(tenant.Tenant.Id, limits.ShareOf(tenant.Tenant)), partition => options(partition.Share!))
                : RateLimitPartition.GetNoLimiter(default(Partition));
        });

    private static TokenBucketRateLimiterOptions Bucket(RequestRate rate) => new()
    {
        TokenLimit = rate.Burst,
        TokensPerPeriod = rate.PerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
    };

    /// <summary>IPv6 hands whole networks to one customer, so it is the network that counts.</summary>
    internal static IPAddress SiteOf(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return address?.MapToIPv4() ?? IPAddress.None;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(BytesOfOneSite).Clear();
        return new IPAddress(bytes);
    }

    private static void Use(IApplicationBuilder app, PartitionedRateLimiter<HttpContext> limiter) => app.UseRateLimiter(new RateLimiterOptions
    {
        GlobalLimiter = limiter,
        OnRejected = (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : TimeSpan.FromSeconds(1);
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return new ValueTask(new Problem(new TooManyRequests()).ExecuteAsync(rejected.HttpContext));
        },
    });

    private readonly record struct Partition(Guid Tenant, TenantShare? Share);
}
