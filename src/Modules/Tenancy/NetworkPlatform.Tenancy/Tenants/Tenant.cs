namespace NetworkPlatform.Tenancy.Tenants;

/// <summary>One nonprofit. The one at the top of its network has its network's id; below it each has a parent, and umbrellas may be below umbrellas.</summary>
[Shared("a request's tenant is looked up here before any tenant is known")]
internal sealed class Tenant
{
    internal const int NameLength = 200;
    internal const int UrlLength = 500;

    /// <summary>Levels of a network, the top one included.</summary>
    internal const int MaxDepth = 5;

    public Guid Id { get; private init; }

    public Guid NetworkId { get; private init; }

    public Guid? ParentId { get; private init; }

    /// <summary>The ids from the top of the network down to this one, each followed by a slash: a path that begins with it is this tenant's or below it.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it may have members.</summary>
    public bool IsUmbrella { get; private init; }

    public required string Slug { get; init; }

    public required string Name { get; set; }

    /// <summary>Null, as each setting: the parent's.</summary>
    public string? Culture { get; set; }

    public string? TimeZone { get; set; }

    public string? Currency { get; set; }

    public DayOfWeek? WeekStart { get; set; }

    public string? BrandName { get; set; }

    public string? BrandColor { get; set; }

    public string? LogoUrl { get; set; }

    public string Plan { get; set; } = Quotas.DefaultPlan;

    /// <summary>How many umbrellas are above the one that has chosen the plan; null where none has. What one has decided, none below it undoes.</summary>
    public int? PlanFrom { get; set; }

    /// <summary>Who is to be invited as its first administrator.</summary>
    [Personal]
    public string? AdminEmail { get; set; }

    public DateTimeOffset? SuspendedAt { get; set; }

    /// <summary>How many umbrellas are above the highest that has suspended it.</summary>
    public int? SuspendedFrom { get; set; }

    /// <summary>The database of its own, encrypted; null where its rows are in the main one.</summary>
    public byte[]? OwnDatabase { get; set; }

    /// <summary>Whether it has moved out of a database where its rows have not been deleted yet.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>That database, encrypted; null for the main one.</summary>
    public byte[]? LeftDatabase { get; set; }

    public int Version { get; set; } = 1;

    internal static Tenant Top(TenantInfo umbrella) => new()
    {
        Id = umbrella.Id,
        NetworkId = umbrella.Id,
        Path = $"{umbrella.Id}/",
        IsUmbrella = true,
        Slug = umbrella.Identifier,
        Name = umbrella.Name,
        Culture = umbrella.Culture,
        TimeZone = umbrella.TimeZone,
        Currency = umbrella.Currency,
        WeekStart = umbrella.WeekStart,
    };

    /// <summary>A member of this umbrella, with all settings inherited.</summary>
    internal Tenant Member(string slug, string name, bool isUmbrella, string adminEmail)
    {
        var id = Guid.CreateVersion7();
        return new Tenant
        {
            Id = id,
            NetworkId = NetworkId,
            ParentId = Id,
            Path = $"{Path}{id}/",
            IsUmbrella = isUmbrella,
            Slug = slug,
            Name = name,
            AdminEmail = adminEmail,
        };
    }
}
