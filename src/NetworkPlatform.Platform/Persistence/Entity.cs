namespace NetworkPlatform.Platform.Persistence;

/// <summary>A row that belongs to one tenant. Filtered, stamped and walled off by default; its key is (TenantId, Id).</summary>
public abstract class Entity
{
    /// <summary>UUIDv7, so that ids sort by creation.</summary>
    public Guid Id { get; protected init; } = Guid.CreateVersion7();

    /// <summary>Stamped when the entity is added; never set by a module.</summary>
    public Guid TenantId { get; internal set; }

    /// <summary>Counts changes; the concurrency token and, outside, the ETag.</summary>
    public int Version { get; internal set; } = 1;
}

/// <summary>A row of one chapter: a caller who is limited to some chapters sees and writes those chapters' rows only.</summary>
public interface IOfChapter
{
    Guid ChapterId { get; }
}

/// <summary>A row that belongs to a whole network: what its tenants must see of one another, kept as bare as possible. Needs <see cref="SharedAttribute"/>.</summary>
public abstract class NetworkEntity
{
    public Guid Id { get; protected init; } = Guid.CreateVersion7();

    /// <summary>Stamped when the entity is added; never set by a module.</summary>
    public Guid NetworkId { get; internal set; }
}

/// <summary>Opts an entity out of belonging to one tenant, and says why. Anything without it must be an <see cref="Entity"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SharedAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}

/// <summary>Rows are the owner's to write: the application's database role may only read them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SetByOperatorsAttribute : Attribute;

/// <summary>Rows are only ever added: the application's database role may neither change nor delete them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AppendOnlyAttribute : Attribute;
