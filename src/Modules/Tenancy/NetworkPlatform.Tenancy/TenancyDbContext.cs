using NetworkPlatform.Tenancy.Chapters;
using NetworkPlatform.Tenancy.Tenants;

namespace NetworkPlatform.Tenancy;

internal sealed class TenancyDbContext(DbContextOptions<TenancyDbContext> options) : ModuleDbContext(options)
{
    internal DbSet<Tenant> Tenants => Set<Tenant>();

    internal DbSet<Chapter> Chapters => Set<Chapter>();

    internal DbSet<TenantChanges> Changes => Set<TenantChanges>();

    protected override string Schema => "tenancy";

    protected override async Task<int> EraseShared(IAsyncEnumerable<ModuleDbContext> neighbours, CancellationToken cancellationToken)
    {
        if (await Tenants.AnyAsync(t => t.ParentId == TenantId, cancellationToken))
        {
            throw new InvalidOperationException("The tenant has members. Erase these first.");
        }

        await this.NoteChange(cancellationToken);
        return await Tenants.Where(t => t.Id == TenantId).ExecuteDeleteAsync(cancellationToken);
    }

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Tenant>(b =>
        {
            b.ToTable("tenants");
            b.Property(t => t.Slug).HasMaxLength(63);
            b.Property(t => t.Name).HasMaxLength(Tenant.NameLength);
            b.Property(t => t.Culture).HasMaxLength(20);
            b.Property(t => t.TimeZone).HasMaxLength(60);
            b.Property(t => t.Currency).HasMaxLength(3);
            b.Property(t => t.Path).HasMaxLength(Tenant.MaxDepth * 37);
            b.Property(t => t.Plan).HasMaxLength(40);
            b.Property(t => t.BrandName).HasMaxLength(Tenant.NameLength);
            b.Property(t => t.BrandColor).HasMaxLength(7);
            b.Property(t => t.LogoUrl).HasMaxLength(Tenant.UrlLength);
            b.Property(t => t.Version).IsConcurrencyToken();
            b.Property(t => t.AdminEmail).HasMaxLength(254);
            b.HasIndex(t => t.Slug).IsUnique().HasDatabaseName("ux_tenants_slug");
            b.Property(t => t.OwnDatabase).HasMaxLength(4000);
            b.Property(t => t.LeftDatabase).HasMaxLength(4000);
            b.HasIndex(t => t.NetworkId);
            b.HasIndex(t => t.NetworkId, "ix_tenants_own_database").HasFilter("own_database IS NOT NULL");
        });
        model.Entity<TenantChanges>(b =>
        {
            b.ToTable("tenant_changes");
            b.Property(c => c.Id).ValueGeneratedNever();
            b.HasData(new TenantChanges { Id = TenantChanges.Only });
        });
        model.Entity<Chapter>(b =>
        {
            b.ToTable("chapters");
            b.Property(c => c.Slug).HasMaxLength(63);
            b.Property(c => c.Name).HasMaxLength(Chapter.NameLength);
            b.Property(c => c.TimeZone).HasMaxLength(60);
            b.Property(c => c.Address).HasMaxLength(Chapter.AddressLength);
            b.Property(c => c.Latitude).HasPrecision(9, 6);
            b.Property(c => c.Longitude).HasPrecision(9, 6);
            b.HasQueryFilter(ChapterFilter, c => !IsLimitedToChapters || AllowedChapters.Contains(c.Id));
            b.HasIndex(c => new { c.TenantId, c.Slug }).IsUnique().HasDatabaseName("ux_chapters_slug");
        });
    }
}
