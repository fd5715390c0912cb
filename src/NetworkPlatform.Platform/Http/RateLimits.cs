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
    /// <summary>Generous, since a whole organisation may come from one address: it only keeps floods from being authenticated.</summary>
    public RequestRate Address { get; init; } = new() { PerSecond = 2000, Burst = 5000 };

    /// <summary>The share of a tenant whose plan has none of its own.</summary>
    public TenantShare Tenant { get; init; } = new() { PerSecond = 300, Burst = 2000, AtOnce = 16, Waiting = 1000 };

    /// <summary>Shares by the name of the plan.</summary>
    public IDictionary<string, TenantShare> Plans { get; init; } = new Dictionary<string, TenantShare>(StringComparer.Ordinal);

    internal bool AreSensible => Address is { PerSecond: > 0, Burst: > 0 } && Plans.Values.Append(Tenant).All(t => t is { PerSecond: > 0, Burst: > 0, AtOnce: > 0, Waiting: >= 0 });

    internal TenantShare ShareOf(TenantInfo tenant) => Plans.TryGetValue(tenant.Plan, out var share) ? share : Tenant;
}
