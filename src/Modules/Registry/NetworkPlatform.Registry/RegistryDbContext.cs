using NetworkPlatform.Registry.Groups;
using NetworkPlatform.Registry.Imports;
using NetworkPlatform.Registry.Meetings;
using NetworkPlatform.Registry.Sessions;
using NetworkPlatform.Registry.Venues;

namespace NetworkPlatform.Registry;

internal sealed class RegistryDbContext(DbContextOptions<RegistryDbContext> options) : ModuleDbContext(options)
{
    internal DbSet<Group> Groups => Set<Group>();

    internal DbSet<Venue> Venues => Set<Venue>();

    internal DbSet<Meeting> Meetings => Set<Meeting>();

    internal DbSet<Session> Sessions => Set<Session>();

    internal DbSet<Import> Imports => Set<Import>();

    protected override string Schema => "registry";

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Group>(b =>
        {
            b.ToTable("groups");
            b.Property(g => g.Name).HasMaxLength(Group.NameLength);
            b.Property(g => g.Topic).HasMaxLength(Group.TopicLength);
            b.Property(g => g.Description).HasMaxLength(Group.TextLength);
            b.Property(g => g.GroundRules).HasMaxLength(Group.TextLength);
            b.Property(g => g.ImportKey).HasMaxLength(Group.NameLength);
            b.HasIndex(g => new { g.TenantId, g.ChapterId, g.ImportKey }).IsUnique().HasFilter("import_key IS NOT NULL").HasDatabaseName("ux_groups_import_key");
        });
        model.Entity<Venue>(b =>
        {
            b.ToTable("venues");
            b.Property(v => v.Name).HasMaxLength(Venue.NameLength);
            b.Property(v => v.Address).HasMaxLength(Venue.AddressLength);
            b.Property(v => v.Key).HasMaxLength(64);
            b.Property(v => v.Latitude).HasPrecision(9, 6);
            b.Property(v => v.Longitude).HasPrecision(9, 6);
            b.HasIndex(v => new { v.TenantId, v.ChapterId, v.Key }).IsUnique().HasDatabaseName("ux_venues_key");
        });
        model.Entity<Meeting>(b =>
        {
            b.ToTable("meetings");
            b.Property(m => m.Name).HasMaxLength(Group.NameLength);
            b.Property(m => m.ConferenceUrl).HasMaxLength(Meeting.UrlLength);
            b.Property(m => m.TimeZone).HasMaxLength(60);
            b.Property(m => m.Recurrence).HasMaxLength(Meeting.RecurrenceLength);
            b.Property(m => m.Notes).HasMaxLength(Group.TextLength);
            b.Property(m => m.ImportSlug).HasMaxLength(64);
            b.Property(m => m.ImportFingerprint).HasMaxLength(64);
            b.HasOne<Group>().WithMany().HasForeignKey(m => new { m.TenantId, m.GroupId }).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<Venue>().WithMany().HasForeignKey(m => new { m.TenantId, m.VenueId }).OnDelete(DeleteBehavior.Restrict);
            b.HasIndex(m => new { m.TenantId, m.ScheduledUntil });
            b.HasIndex(m => new { m.TenantId, m.ChapterId, m.ImportSlug }).IsUnique().HasFilter("import_slug IS NOT NULL").HasDatabaseName("ux_meetings_import_slug");
        });
        model.Entity<Session>(b =>
        {
            b.ToTable("sessions");
            b.Property(s => s.CancelReason).HasMaxLength(Session.ReasonLength);
            b.HasOne<Meeting>().WithMany().HasForeignKey(s => new { s.TenantId, s.MeetingId }).OnDelete(DeleteBehavior.Restrict);
            b.HasIndex(s => new { s.TenantId, s.MeetingId, s.OccursOn }).IsUnique().HasFilter("superseded_at IS NULL").HasDatabaseName("ux_sessions_occurrence");
            b.HasIndex(s => new { s.TenantId, s.GroupId, s.StartsAt });
        });
        model.Entity<Import>(b =>
        {
            b.ToTable("imports");
            b.Property(i => i.TimeZone).HasMaxLength(60);
            b.HasIndex(i => new { i.TenantId, i.RequestedAt });
        });
    }
}
