using NetworkPlatform.Rostering.Availability;
using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Calendars;
using NetworkPlatform.Rostering.Notifications;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Standing;
using NetworkPlatform.Rostering.Swaps;
using NetworkPlatform.Rostering.Volunteers;
using NetworkPlatform.Rostering.Wellbeing;

namespace NetworkPlatform.Rostering;

internal sealed class RosteringDbContext(DbContextOptions<RosteringDbContext> options) : ModuleDbContext(options)
{
    internal DbSet<NetworkVolunteer> NetworkVolunteers => Set<NetworkVolunteer>();

    internal DbSet<Volunteer> Volunteers => Set<Volunteer>();

    internal DbSet<NetworkConsent> NetworkConsents => Set<NetworkConsent>();

    internal DbSet<VolunteerAvailability> Availabilities => Set<VolunteerAvailability>();

    internal DbSet<WellbeingCheckIn> CheckIns => Set<WellbeingCheckIn>();

    internal DbSet<SupportOffer> SupportOffers => Set<SupportOffer>();

    internal DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    internal DbSet<Notification> Notifications => Set<Notification>();

    internal DbSet<NotificationPreferences> NotificationPreferences => Set<NotificationPreferences>();

    internal DbSet<CoordinatorAddress> CoordinatorAddresses => Set<CoordinatorAddress>();

    internal DbSet<Shift> Shifts => Set<Shift>();

    internal DbSet<SignUp> SignUps => Set<SignUp>();

    internal DbSet<Commitment> Commitments => Set<Commitment>();

    internal DbSet<RoleTerms> RoleTerms => Set<RoleTerms>();

    internal DbSet<StandingSignUp> StandingSignUps => Set<StandingSignUp>();

    internal DbSet<ChapterHoliday> ChapterHolidays => Set<ChapterHoliday>();

    internal DbSet<Swap> Swaps => Set<Swap>();

    internal DbSet<TenantPolicy> TenantPolicies => Set<TenantPolicy>();

    internal DbSet<NetworkPolicy> NetworkPolicies => Set<NetworkPolicy>();

    protected override string Schema => "rostering";

    protected override Task<int> EraseShared(IAsyncEnumerable<ModuleDbContext> neighbours, CancellationToken cancellationToken) => SharedRows.Erase(this, neighbours, cancellationToken);

    protected override IAsyncEnumerable<int> TakeOverShared(ModuleDbContext from, CancellationToken cancellationToken) =>
        SharedRows.TakeOver((RosteringDbContext)from, this, cancellationToken);

    protected override void MapValues(ModelConfigurationBuilder values)
    {
        values.Properties<Qualifications>().HaveConversion<JsonText<Qualifications>>();
        values.Properties<ShiftTerms>().HaveConversion<JsonText<ShiftTerms>>();
        values.Properties<Dates>().HaveConversion<JsonText<Dates>>();
        values.Properties<PolicyLayer>().HaveConversion<JsonText<PolicyLayer>>();
    }

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
            b.Property(v => v.Qualifications).HasDefaultValue(Qualifications.None).ValueGeneratedNever();
            b.HasIndex(v => new { v.TenantId, v.PersonId }).IsUnique().HasDatabaseName("ux_volunteers_person");
            b.HasIndex(v => new { v.TenantId, v.AccountId }).IsUnique().HasDatabaseName("ux_volunteers_account");
        });
        MapPeople(model);
        MapNotifications(model);
        model.Entity<Shift>(b =>
        {
            b.ToTable("shifts");
            b.Property(s => s.Title).HasMaxLength(Shift.TitleLength);
            b.Property(s => s.TimeZone).HasMaxLength(60);
            b.HasIndex(s => new { s.TenantId, s.GroupId, s.StartsAt });
            b.HasIndex(s => new { s.TenantId, s.SessionId, s.Role }).IsUnique().HasDatabaseName("ux_shifts_session_role");
            b.HasIndex(s => new { s.TenantId, s.StartsAt, s.Id });
        });
        model.Entity<SignUp>(b =>
        {
            b.ToTable("sign_ups");
            b.Property(s => s.CancelReason).HasMaxLength(SignUp.ReasonLength);
            b.Property(s => s.OverrideNote).HasMaxLength(SignUp.ReasonLength);
            b.Property(s => s.OverriddenRules).HasMaxLength(SignUp.ReasonLength);
            b.Property(s => s.PolicyVersion).HasMaxLength(PolicyVersion.TextLength);
            b.HasIndex(s => new { s.TenantId, s.StandingId }).HasFilter("standing_id IS NOT NULL");
            b.HasOne<Shift>().WithMany().HasForeignKey(s => new { s.TenantId, s.ShiftId }).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<Volunteer>().WithMany().HasForeignKey(s => new { s.TenantId, s.VolunteerId }).OnDelete(DeleteBehavior.Restrict);
            b.HasIndex(s => new { s.TenantId, s.ShiftId, s.VolunteerId }).IsUnique().HasFilter("status <> 'cancelled'").HasDatabaseName("ux_sign_ups_active");
            b.HasIndex(s => new { s.TenantId, s.VolunteerId, s.Id });
        });
        model.Entity<Commitment>(b =>
        {
            b.ToTable("commitments");
            b.Property(c => c.TimeZone).HasMaxLength(60);
            b.Property(c => c.Kind).HasDefaultValue(DutyKind.Session).ValueGeneratedNever();
            b.Property(c => c.Debrief).HasDefaultValue(DebriefDue.No).ValueGeneratedNever();
            b.HasOne<NetworkVolunteer>().WithMany().HasForeignKey(c => new { c.NetworkId, c.PersonId }).OnDelete(DeleteBehavior.Restrict);
            b.HasIndex(c => new { c.NetworkId, c.PersonId, c.EndsAt });
        });
        model.Entity<RoleTerms>(b =>
        {
            b.ToTable("role_terms");
            b.HasIndex(r => new { r.TenantId, r.Role }).IsUnique().HasDatabaseName("ux_role_terms_role");
        });
        model.Entity<StandingSignUp>(b =>
        {
            b.ToTable("standing_sign_ups");
            b.HasOne<Volunteer>().WithMany().HasForeignKey(s => new { s.TenantId, s.VolunteerId }).OnDelete(DeleteBehavior.Restrict);
            b.HasIndex(s => new { s.TenantId, s.GroupId, s.Role });
        });
        model.Entity<ChapterHoliday>(b =>
        {
            b.ToTable("chapter_holidays");
            b.Property(h => h.Name).HasMaxLength(ChapterHoliday.NameLength);
            b.HasIndex(h => new { h.TenantId, h.ChapterId, h.Date });
        });
        model.Entity<Swap>(b =>
        {
            b.ToTable("swaps");
            b.HasOne<SignUp>().WithMany().HasForeignKey(s => new { s.TenantId, s.SignUpId }).OnDelete(DeleteBehavior.Restrict);
            b.HasIndex(s => new { s.TenantId, s.SignUpId }).IsUnique().HasFilter("status = 'pending'").HasDatabaseName("ux_swaps_pending");
            b.HasIndex(s => new { s.TenantId, s.InReturnSignUpId }).HasFilter("status = 'pending'");
        });
        model.Entity<TenantPolicy>(b =>
        {
            b.ToTable("policies");
            b.HasIndex(p => new { p.TenantId, p.Number }).IsUnique().HasDatabaseName("ux_policies_number");
        });
        model.Entity<NetworkPolicy>(b =>
        {
            b.ToTable("network_policies");
            b.Property(p => p.Umbrella).HasMaxLength(63);
            b.HasIndex(p => new { p.NetworkId, p.Number }).IsUnique().HasDatabaseName("ux_network_policies_number");
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
        model.Entity<WellbeingCheckIn>(b =>
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
            b.HasOne<Swap>().WithMany().HasForeignKey(n => new { n.TenantId, n.SwapId }).OnDelete(DeleteBehavior.Restrict);
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
