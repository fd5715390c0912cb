using System.Reflection;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Auditing;
using NetworkPlatform.Platform.Messaging;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>An answer kept for its <c>Idempotency-Key</c>.</summary>
internal sealed class IdempotentAnswer : Entity
{
    /// <summary>See <see cref="Http.IdempotencyKey.Id"/>.</summary>
    public required string Key { get; init; }

    public required string Fingerprint { get; init; }

    /// <summary>By <see cref="AtRestEncryption"/>, in base64: an answer may hold what is shown once, such as a client's secret.</summary>
    public required string Response { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>
/// A tenant that has left this database, or is about to: whoever serves it here is refused, also a node that has not heard of the move. <see cref="ModuleDbContext"/>s that serve a tenant share
/// the lock of this name until their transaction ends, so whoever has held it alone knows that none is left.
/// </summary>
[Shared("tells that a tenant is not here, which no tenant could be asked about"), SetByOperators]
internal sealed class AbsentTenant
{
    internal const string LockPrefix = "presence ";

    public required Guid Id { get; init; }

    public required DateTimeOffset Since { get; init; }

    internal static string LockOf(Guid tenantId) => $"{LockPrefix}{tenantId}";
}

/// <summary>The tables that every module's transaction writes beside its own: mapped into each context, owned by <see cref="PlatformDbContext"/>.</summary>
internal static class PlatformTables
{
    internal const string Schema = "platform";

    /// <summary>What the application's database role may do to the entity's table.</summary>
    internal static string ApplicationRights(Type entity) => entity switch
    {
        _ when entity == typeof(OutboxMessage) => "INSERT",
        _ when entity == typeof(AuditLink) || entity == typeof(AuditHead) => "SELECT",
        _ when entity.GetCustomAttribute<SetByOperatorsAttribute>() is not null => "SELECT",
        _ when entity.GetCustomAttribute<AppendOnlyAttribute>() is not null => "SELECT, INSERT",
        _ => "SELECT, INSERT, UPDATE, DELETE",
    };

    /// <summary>What the relay's role, which works for every tenant, may do to it: empty the outbox, remove what is past its time, seal the audit. Null for nothing.</summary>
    internal static string? RelayRights(Type entity) => entity switch
    {
        _ when entity == typeof(OutboxMessage) => "SELECT, UPDATE, DELETE",
        _ when entity == typeof(InboxMessage) || entity == typeof(IdempotentAnswer) => "SELECT, DELETE",
        _ when entity == typeof(AuditEntry) || entity == typeof(AuditReason) => "SELECT",
        _ when entity == typeof(AuditLink) => "SELECT, INSERT",
        _ when entity == typeof(AuditHead) => "SELECT, INSERT, UPDATE",
        _ => null,
    };

    internal static void Map(ModelBuilder model, bool owned)
    {
        model.Entity<OutboxMessage>(b =>
        {
            b.ToTable("outbox_messages", Schema, t => Exclude(t));
            b.HasKey(m => m.Id);
            b.Property(m => m.Id).ValueGeneratedNever();
            b.Property(m => m.Type).HasMaxLength(300);
            b.Property(m => m.TraceParent).HasMaxLength(60);
            b.Property(m => m.LastError).HasMaxLength(OutboxMessage.LastErrorLength);
            b.HasIndex(m => new { m.TenantId, m.DueAt }).HasFilter("dead_at IS NULL");
        });
        model.Entity<InboxMessage>(b =>
        {
            b.ToTable("inbox_messages", Schema, t => Exclude(t));
            b.Property(m => m.Consumer).HasMaxLength(200);
            b.HasIndex(m => new { m.TenantId, m.MessageId, m.Consumer }).IsUnique().HasDatabaseName(InboxMessage.UniqueKey);
            b.HasIndex(m => new { m.TenantId, m.At });
        });
        model.Entity<IdempotentAnswer>(b =>
        {
            b.ToTable("idempotent_answers", Schema, t => Exclude(t));
            b.Property(a => a.Key).HasMaxLength(64);
            b.Property(a => a.Fingerprint).HasMaxLength(64);
            b.HasIndex(a => new { a.TenantId, a.Key }).IsUnique().HasDatabaseName("ux_idempotent_answers_key");
            b.HasIndex(a => new { a.TenantId, a.At });
        });
        model.Entity<AuditEntry>(b =>
        {
            b.ToTable("audit_entries", Schema, t => Exclude(t));
            b.Property(a => a.Actor).HasMaxLength(200);
            b.Property(a => a.Action).HasMaxLength(200);
            b.Property(a => a.Records).HasMaxLength(2000);
            b.Property(a => a.Purpose).HasMaxLength(60);
            b.Property(a => a.ReasonDigest).HasMaxLength(32);
            b.Property(a => a.TraceId).HasMaxLength(60);
            b.HasIndex(a => new { a.TenantId, a.At, a.Id });
        });
        model.Entity<AuditReason>(b =>
        {
            b.ToTable("audit_reasons", Schema, t => Exclude(t));
            b.Property(r => r.Text).HasMaxLength(AuditReason.TextLength);
            b.Property(r => r.Salt).HasMaxLength(16);
        });
        model.Entity<AuditLink>(b =>
        {
            b.ToTable("audit_links", Schema, t => Exclude(t));
            b.Property(l => l.Hash).HasMaxLength(32);
            b.HasIndex(l => new { l.TenantId, l.Sequence }).IsUnique().HasDatabaseName("ux_audit_links_sequence");

            // Neither is there a link to nothing, nor does an entry go that is linked.
            b.HasOne<AuditEntry>().WithOne().HasForeignKey<AuditLink>(l => new { l.TenantId, l.Id }).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<AuditHead>(b =>
        {
            b.ToTable("audit_heads", Schema, t => Exclude(t));
            b.Property(h => h.Hash).HasMaxLength(32);
        });

        model.Entity<AbsentTenant>(b =>
        {
            b.ToTable("absent_tenants", Schema, t => Exclude(t));
            b.Property(a => a.Id).ValueGeneratedNever();
        });

        void Exclude<T>(Microsoft.EntityFrameworkCore.Metadata.Builders.TableBuilder<T> table)
            where T : class
        {
            if (!owned)
            {
                table.ExcludeFromMigrations();
            }
        }
    }
}

/// <summary>Owns the <c>platform</c> schema's migrations, and serves the outbox relay, the cleaning and the audit's sealer, for every tenant.</summary>
public sealed class PlatformDbContext(DbContextOptions<PlatformDbContext> options) : ModuleDbContext(options)
{
    internal DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    internal DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    internal DbSet<AuditReason> AuditReasons => Set<AuditReason>();

    internal DbSet<AuditLink> AuditLinks => Set<AuditLink>();

    internal DbSet<AuditHead> AuditHeads => Set<AuditHead>();

    protected override string Schema => PlatformTables.Schema;

    /// <summary>The relay's role has rights to little, but to every tenant's.</summary>
    private protected override bool IsOurs(Entity entity) => BoundTenant is null || base.IsOurs(entity);

    protected override void Map(ModelBuilder model)
    {
    }
}
