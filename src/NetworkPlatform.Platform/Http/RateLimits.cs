using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Http;

/// <summary>So many requests a second in the long run, and so many at one go.</summary>
public record RequestRate
{
    public int PerSecond { get; init; }

    public int Burst { get; init; }
}

/// <summary>A tenant's share of one node.</summary>
public sealed record TenantShare : RequestRate
{
    /// <summary>How many of its requests run at the same time: fewer than a module has connections, so that no tenant holds them all.</summary>
    public int AtOnce { get; init; }

    /// <summary>How many more may wait for their turn; others are refused.</summary>
    public int Waiting { get; init; }
}

/// <summary>The settings under <c>RateLimits</c>: what one node takes from one address, and from one tenant.</summary>
public sealed class RateLimits
{
    public RateLimits() => ShareOf = _ => Tenant;

    /// <summary>Generous, since a whole organisation may come from one address: it only keeps floods from being authenticated.</summary>
    public RequestRate Address { get; init; } = new() { PerSecond = 500, Burst = 2000 };

    /// <summary>The share of a tenant like any other.</summary>
    public TenantShare Tenant { get; init; } = new() { PerSecond = 100, Burst = 500, AtOnce = 16, Waiting = 200 };

    /// <summary>The share of this tenant; where plans would differ. Asked at every request, so a new share counts at once.</summary>
    public Func<TenantInfo, TenantShare> ShareOf { get; set; }

    internal bool AreSensible => Address is { PerSecond: > 0, Burst: > 0 } && Tenant is { PerSecond: > 0, Burst: > 0, AtOnce: > 0, Waiting: >= 0 };
}
