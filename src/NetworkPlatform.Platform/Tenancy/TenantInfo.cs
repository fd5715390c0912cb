namespace NetworkPlatform.Platform.Tenancy;

/// <summary>One nonprofit, as every module may know it.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="Identifier">The slug in host names, the <c>X-Tenant</c> header and the token's claim.</param>
/// <param name="NetworkId">The umbrella at the top of its network; an umbrella's own id is its network's.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record TenantInfo(
    Guid Id, string Identifier, string Name, Guid NetworkId, bool IsSuspended, string Culture, string TimeZone, string Currency)
{
    public bool IsUmbrella => Id == NetworkId;
}

/// <summary>Where tenants are looked up. A failure throws; it never reads as "no such tenant".</summary>
public interface ITenantStore
{
    ValueTask<TenantInfo?> GetByIdentifierAsync(string identifier, CancellationToken cancellationToken);

    ValueTask<TenantInfo?> GetAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Every tenant that is not suspended, for work that runs without a request.</summary>
    Task<IReadOnlyList<TenantInfo>> GetAllActiveAsync(CancellationToken cancellationToken);

    /// <summary>Looks the tenant up anew the next time.</summary>
    void Forget(Guid id);
}

/// <summary>Reads a tenant's identifier off a request; null where the request does not say.</summary>
public interface ITenantStrategy
{
    /// <summary>Higher goes first.</summary>
    int Priority { get; }

    ValueTask<string?> GetIdentifierAsync(HttpContext context);
}
