using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering;

internal sealed class RosteringDbContext(DbContextOptions<RosteringDbContext> options) : ModuleDbContext(options)
{
    internal DbSet<NetworkVolunteer> NetworkVolunteers => Set<NetworkVolunteer>();

    internal DbSet<Volunteer> Volunteers => Set<Volunteer>();

    internal DbSet<Shift> Shifts => Set<Shift>();

    internal DbSet<SignUp> SignUps => Set<SignUp>();

    internal DbSet<Commitment> Commitments => Set<Commitment>();

    protected override string Schema => "rostering";

    protected override Task<int> EraseShared(IAsyncEnumerable<ModuleDbContext> neighbours, CancellationToken cancellationToken) => SharedRows.Erase(this, neighbours, cancellationToken);

    protected override IAsyncEnumerable<int> TakeOverShared(ModuleDbContext from, CancellationToken cancellationToken) =>
        SharedRows.TakeOver((RosteringDbContext)from, this, cancellationToken);

    protected override void Map(ModelBuilder model)
    {
        model.Entity<NetworkVolunteer>(b =>
        {
            b.ToTable("network_volunteers");
            b.Property(v => v.EmailKey).HasMaxLength(64);
            b.HasIndex(v => new { v.NetworkId, v.EmailKey }).IsUnique().HasDatabaseName("ux_network_volunteers_email");
        });
        model.Entity<Volunteer>(b =>
        {
            b.ToTable("volunteers");
            b.Property(v => v.Name).HasMaxLength(Volunteer.NameLength);
            b.Property(v => v.Email).HasMaxLength(254);
            b.HasIndex(v => new { v.TenantId, v.PersonId }).IsUnique().HasDatabaseName("ux_volunteers_person");
        });
        model.Entity<Shift>(b =>
        {
            b.ToTable("shifts");
            b.Property(s => s.Title).HasMaxLength(Shift.TitleLength);
            b.Property(s => s.TimeZone).HasMaxLength(60);
            b.HasIndex(s => new { s.TenantId, s.SessionId, s.Role }).IsUnique().HasDatabaseName("ux_shifts_session_role");
            b.HasIndex(s => new { s.TenantId, s.StartsAt, s.Id });
        });
        model.Entity<SignUp>(b =>
        {
            b.ToTable("sign_ups");
            b.Property(s => s.CancelReason).HasMaxLength(SignUp.ReasonLength);
            b.HasOne<Shift>().WithMany().HasForeignKey(s => new { s.TenantId, s.ShiftId }).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<Volunteer>().WithMany().HasForeignKey(s => new { s.TenantId, s.VolunteerId }).OnDelete(DeleteBehavior.Restrict);
            b.HasIndex(s => new { s.TenantId, s.ShiftId, s.VolunteerId }).IsUnique().HasFilter("status <> 'cancelled'").HasDatabaseName("ux_sign_ups_active");
            b.HasIndex(s => new { s.TenantId, s.VolunteerId, s.Id });
        });
        model.Entity<Commitment>(b =>
        {
            b.ToTable("commitments");
            b.Property(c => c.TimeZone).HasMaxLength(60);
            b.HasOne<NetworkVolunteer>().WithMany().HasForeignKey(c => new { c.NetworkId, c.PersonId }).OnDelete(DeleteBehavior.Restrict);
            b.HasIndex(c => new { c.NetworkId, c.PersonId, c.EndsAt });
        });
    }
}
