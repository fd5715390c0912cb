namespace NetworkPlatform.Platform.Tenancy;

/// <summary>One nonprofit, as every module may know it.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="Identifier">The slug in host names, the <c>X-Tenant</c> header and the token's claim.</param>
/// <param name="NetworkId">The tenant at the top of its network, whose own id is its network's.</param>
/// <param name="TimeZone">IANA name.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record TenantInfo(
    Guid Id, string Identifier, string Name, Guid NetworkId, bool IsSuspended, string Culture, string TimeZone, string Currency)
{
    /// <summary>Whether it may have members.</summary>
    public bool IsUmbrella { get; init; }

    /// <summary>Decides on its quotas.</summary>
    public string Plan { get; init; } = Quotas.DefaultPlan;

    /// <summary>What it calls itself before people; null where that is its name.</summary>
    public string? BrandName { get; init; }

    /// <summary>Hexadecimal, such as <c>#1a7f5a</c>; null where it has none.</summary>
    public string? BrandColor { get; init; }

    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    /// <summary>The database of its own; null where its rows are in the main one.</summary>
    public TenantDatabase? Database { get; init; }

    /// <summary>The databases other than the main one in which tenants of its network have their rows, save suspended ones.</summary>
    public IReadOnlyList<TenantDatabase> NetworkDatabases { get; init; } = [];

    /// <summary>Whether all of its network's rows are in the main database.</summary>
    public bool IsNetworkInMainDatabase => Database is null && NetworkDatabases.Count == 0;

    /// <summary>Identifiers of the tenants above it, the top of the network first.</summary>
    public IReadOnlyList<string> Ancestors { get; init; } = [];
}

/// <summary>Where tenants are looked up. A failure throws; it never reads as "no such tenant".</summary>
public interface ITenantStore
{
    ValueTask<TenantInfo?> GetByIdentifierAsync(string identifier, CancellationToken cancellationToken);

    ValueTask<TenantInfo?> GetAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Every tenant, suspended ones too, for work that runs without a request.</summary>
    Task<IReadOnlyList<TenantInfo>> GetAllAsync(CancellationToken cancellationToken);

    /// <summary>Every tenant of the network, suspended ones too.</summary>
    Task<IReadOnlyList<TenantInfo>> GetNetworkAsync(Guid networkId, CancellationToken cancellationToken);

    /// <summary>Every database other than the main one in which a tenant has its rows, each once.</summary>
    ValueTask<IReadOnlyList<TenantDatabase>> GetDatabasesAsync(CancellationToken cancellationToken);

    /// <summary>How long a node that has heard nothing may go on with what was known of a tenant.</summary>
    TimeSpan BelievedFor { get; }

    /// <summary>Asks before the next look-up whether a tenant has changed: something that is known of one was found to be untrue.</summary>
    void Doubt();
}

/// <summary>Reads a tenant's identifier off a request; null where the request does not say.</summary>
public interface ITenantStrategy
{
    /// <summary>Higher goes first.</summary>
    int Priority { get; }

    ValueTask<string?> GetIdentifierAsync(HttpContext context);
}
