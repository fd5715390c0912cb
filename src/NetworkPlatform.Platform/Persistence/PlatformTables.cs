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
    public required Guid Id { get; init; }

    public required DateTimeOffset Since { get; init; }

    internal static string LockOf(Guid tenantId) => $"presence {tenantId}";
}

/// <summary>The tables that every module's transaction writes beside its own: mapped into each context, owned by <see cref="PlatformDbContext"/>.</summary>
internal static class PlatformTables
{
    internal const string Schema = "platform";

    internal static void Map(ModelBuilder model, bool owned)
    {
        model.Entity<OutboxMessage>(b =>
        {
            b.ToTable("outbox_messages", Schema, t => Exclude(t));
            b.HasKey(m => m.Id);
            b.Property(m => m.Id).ValueGeneratedNever();
            b.Property(m => m.Type).HasMaxLength(300);
            b.Property(m => m.TraceParent).HasMaxLength(60);
            b.Property(m => m.LastError).HasMaxLength(1000);
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
            b.Property(a => a.TraceId).HasMaxLength(60);
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

/// <summary>Owns the <c>platform</c> schema's migrations, and serves the outbox relay.</summary>
public sealed class PlatformDbContext(DbContextOptions<PlatformDbContext> options) : ModuleDbContext(options)
{
    internal DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    protected override string Schema => PlatformTables.Schema;

    protected override void Map(ModelBuilder model)
    {
    }
}
