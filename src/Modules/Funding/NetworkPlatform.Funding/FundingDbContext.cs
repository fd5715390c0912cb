using NetworkPlatform.Funding.Funds;
using NetworkPlatform.Funding.InKind;
using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.Funding;

internal sealed class FundingDbContext(DbContextOptions<FundingDbContext> options) : ModuleDbContext(options)
{
    internal DbSet<Fund> Funds => Set<Fund>();

    internal DbSet<Allocation> Allocations => Set<Allocation>();

    internal DbSet<LedgerTransaction> Transactions => Set<LedgerTransaction>();

    internal DbSet<LedgerEntry> Entries => Set<LedgerEntry>();

    internal DbSet<VolunteerTime> VolunteerTimes => Set<VolunteerTime>();

    protected override string Schema => "funding";

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Fund>(b =>
        {
            b.ToTable("funds", t => t.HasCheckConstraint("ck_funds_figures", "allocated >= 0 AND allocated <= balance"));
            b.Property(f => f.Name).HasMaxLength(Fund.NameLength);
            b.Property(f => f.Currency).HasMaxLength(3);
            b.Property(f => f.Purpose).HasMaxLength(Restriction.PurposeLength);
            b.HasIndex(f => new { f.TenantId, f.Name }).IsUnique().HasDatabaseName("ux_funds_name");
        });
        model.Entity<Allocation>(b =>
        {
            b.ToTable("allocations", t => t.HasCheckConstraint("ck_allocations_remaining", "remaining >= 0"));
            b.HasOne<Fund>().WithMany().HasForeignKey(a => new { a.TenantId, a.FundId }).OnDelete(DeleteBehavior.Restrict);
            b.HasIndex(a => new { a.TenantId, a.FundId, a.GroupId }).IsUnique().HasDatabaseName("ux_allocations_group");
        });
        model.Entity<LedgerTransaction>(b =>
        {
            b.ToTable("ledger_transactions");
            b.Property(t => t.Reference).HasMaxLength(LedgerTransaction.ReferenceLength);
            b.Property(t => t.Purpose).HasMaxLength(Restriction.PurposeLength);
            b.HasMany(t => t.Entries).WithOne().HasForeignKey(e => new { e.TenantId, e.TransactionId }).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LedgerEntry>(b =>
        {
            b.ToTable("ledger_entries");
            b.Property(e => e.Currency).HasMaxLength(3);
            b.HasOne<Fund>().WithMany().HasForeignKey(e => new { e.TenantId, e.FundId }).OnDelete(DeleteBehavior.Restrict);
            b.HasIndex(e => new { e.TenantId, e.FundId, e.Id });
        });
        model.Entity<VolunteerTime>(b =>
        {
            b.ToTable("volunteer_times");
            b.HasOne<LedgerTransaction>().WithOne().HasForeignKey<VolunteerTime>(v => new { v.TenantId, v.TransactionId }).OnDelete(DeleteBehavior.Restrict);
            b.HasIndex(v => new { v.TenantId, v.TransactionId }).IsUnique().HasDatabaseName("ux_volunteer_times_transaction");
            b.HasIndex(v => new { v.TenantId, v.SignUpId }).IsUnique().HasDatabaseName("ux_volunteer_times_sign_up");
            b.HasIndex(v => new { v.TenantId, v.WorkedOn });
        });
    }
}
