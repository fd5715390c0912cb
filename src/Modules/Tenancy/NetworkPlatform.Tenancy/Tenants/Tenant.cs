namespace NetworkPlatform.Tenancy.Tenants;

/// <summary>One nonprofit. An umbrella is the tenant at the top of its network: its network's id is its own.</summary>
[Shared("a request's tenant is looked up here before any tenant is known")]
internal sealed class Tenant
{
    internal const int NameLength = 200;

    public Guid Id { get; private init; }

    public Guid NetworkId { get; private init; }

    public required string Slug { get; init; }

    public required string Name { get; set; }

    public required string Culture { get; set; }

    public required string TimeZone { get; set; }

    public required string Currency { get; init; }

    /// <summary>Who is to be invited as its first administrator.</summary>
    public string? AdminEmail { get; init; }

    public DateTimeOffset? SuspendedAt { get; set; }

    public int Version { get; private set; } = 1;

    internal static Tenant Umbrella(TenantInfo umbrella) => new()
    {
        Id = umbrella.Id,
        NetworkId = umbrella.Id,
        Slug = umbrella.Identifier,
        Name = umbrella.Name,
        Culture = umbrella.Culture,
        TimeZone = umbrella.TimeZone,
        Currency = umbrella.Currency,
    };

    internal static Tenant Member(Guid networkId, string slug, string name, string culture, string timeZone, string currency, string adminEmail) => new()
    {
        Id = Guid.CreateVersion7(),
        NetworkId = networkId,
        Slug = slug,
        Name = name,
        Culture = culture,
        TimeZone = timeZone,
        Currency = currency,
        AdminEmail = adminEmail,
    };

    internal TenantInfo ToInfo() => new(Id, Slug, Name, NetworkId, SuspendedAt is not null, Culture, TimeZone, Currency);
}
