using NetworkPlatform.Rostering.Availability;
using NetworkPlatform.Rostering.Calendars;
using NetworkPlatform.Rostering.Notifications;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Volunteers;
using NetworkPlatform.Rostering.Wellbeing;

namespace NetworkPlatform.Rostering;

internal sealed class RosteringDbContext(DbContextOptions<RosteringDbContext> options) : ModuleDbContext(options)
{
    internal DbSet<NetworkVolunteer> NetworkVolunteers => Set<NetworkVolunteer>();

    internal DbSet<Volunteer> Volunteers => Set<Volunteer>();

    internal DbSet<NetworkConsent> NetworkConsents => Set<NetworkConsent>();

    internal DbSet<VolunteerAvailability> Availabilities => Set<VolunteerAvailability>();

    internal DbSet<CheckIn> CheckIns => Set<CheckIn>();

    internal DbSet<SupportOffer> SupportOffers => Set<SupportOffer>();

    internal DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    internal DbSet<Notification> Notifications => Set<Notification>();

    internal DbSet<NotificationPreferences> NotificationPreferences => Set<NotificationPreferences>();

    internal DbSet<CoordinatorAddress> CoordinatorAddresses => Set<CoordinatorAddress>();

    internal DbSet<Shift> Shifts => Set<Shift>();

    internal DbSet<SignUp> SignUps => Set<SignUp>();

    internal DbSet<Commitment> Commitments => Set<Commitment>();

    protected override string Schema => "rostering";

    protected override Task<int> EraseShared(CancellationToken cancellationToken) =>
        Commitments.Where(c => SignUps.Any(s => s.Id == c.Id)).ExecuteDeleteAsync(cancellationToken);

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
            b.Property(v => v.Email).HasMaxLength(Volunteer.EmailLength);
            b.Property(v => v.Phone).HasMaxLength(Volunteer.PhoneLength);
            b.Property(v => v.TimeZone).HasMaxLength(60);
            b.Property(v => v.Note).HasMaxLength(Volunteer.NoteLength);
            b.HasIndex(v => new { v.TenantId, v.PersonId }).IsUnique().HasDatabaseName("ux_volunteers_person");
            b.HasIndex(v => new { v.TenantId, v.AccountId }).IsUnique().HasFilter("account_id IS NOT NULL").HasDatabaseName("ux_volunteers_account");
        });
        MapPeople(model);
        MapNotifications(model);
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

    /// <summary>What belongs to a volunteer and goes with them.</summary>
    private static void MapPeople(ModelBuilder model)
    {
        model.Entity<NetworkConsent>(b =>
        {
            b.ToTable("network_consents");
            b.Property(c => c.Wording).HasMaxLength(NetworkConsent.WordingLength);
            b.Property(c => c.Evidence).HasMaxLength(NetworkConsent.EvidenceLength);
            b.Property(c => c.By).HasMaxLength(200);
            b.HasOne<Volunteer>().WithMany().HasForeignKey(c => new { c.TenantId, c.VolunteerId }).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<VolunteerAvailability>(b =>
        {
            b.ToTable("availabilities");
            b.HasOne<Volunteer>().WithMany().HasForeignKey(a => new { a.TenantId, a.VolunteerId }).OnDelete(DeleteBehavior.Restrict);
            b.HasIndex(a => new { a.TenantId, a.VolunteerId }).IsUnique().HasDatabaseName("ux_availabilities_volunteer");
        });
        model.Entity<CheckIn>(b =>
        {
            b.ToTable("check_ins");
            b.HasOne<Volunteer>().WithMany().HasForeignKey(c => new { c.TenantId, c.VolunteerId }).OnDelete(DeleteBehavior.Restrict);
            b.HasIndex(c => new { c.TenantId, c.VolunteerId, c.Id });
        });
        model.Entity<SupportOffer>(b =>
        {
            b.ToTable("support_offers");
            b.Property(o => o.Text).HasMaxLength(SupportOffer.TextLength);
            b.HasIndex(o => o.TenantId).IsUnique().HasDatabaseName("ux_support_offers_tenant");
        });
        model.Entity<CalendarFeed>(b =>
        {
            b.ToTable("calendar_feeds");
            b.Property(f => f.TokenHash).HasMaxLength(32);
            b.HasOne<Volunteer>().WithMany().HasForeignKey(f => new { f.TenantId, f.VolunteerId }).OnDelete(DeleteBehavior.Restrict);
            b.HasIndex(f => new { f.TenantId, f.VolunteerId }).IsUnique().HasDatabaseName("ux_calendar_feeds_volunteer");
            b.HasIndex(f => new { f.TenantId, f.TokenHash }).IsUnique().HasDatabaseName("ux_calendar_feeds_token");
        });
    }

    private static void MapNotifications(ModelBuilder model)
    {
        model.Entity<Notification>(b =>
        {
            b.ToTable("notifications");
            b.Property(n => n.Cause).HasMaxLength(Notification.CauseLength);
            b.Property(n => n.Reason).HasMaxLength(SignUp.ReasonLength);
            b.HasOne<Shift>().WithMany().HasForeignKey(n => new { n.TenantId, n.ShiftId }).OnDelete(DeleteBehavior.Restrict);
            b.HasIndex(n => new { n.TenantId, n.RecipientId, n.Kind, n.Cause }).IsUnique().HasDatabaseName("ux_notifications_cause");
        });
        model.Entity<NotificationPreferences>(b =>
        {
            b.ToTable("notification_preferences");
            b.HasOne<Volunteer>().WithMany().HasForeignKey(p => new { p.TenantId, p.VolunteerId }).OnDelete(DeleteBehavior.Restrict);
            b.HasIndex(p => new { p.TenantId, p.VolunteerId }).IsUnique().HasDatabaseName("ux_notification_preferences_volunteer");
        });
        model.Entity<CoordinatorAddress>(b =>
        {
            b.ToTable("coordinator_addresses");
            b.Property(a => a.Email).HasMaxLength(Volunteer.EmailLength);
            b.Property(a => a.Language).HasMaxLength(20);
        });
    }
}
