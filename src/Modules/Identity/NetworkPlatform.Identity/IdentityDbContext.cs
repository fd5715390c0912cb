using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Keys;
using NetworkPlatform.Identity.Memberships;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.Privacy;
using NetworkPlatform.Identity.SignIn;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity;

internal sealed class IdentityDbContext(DbContextOptions<IdentityDbContext> options) : ModuleDbContext(options)
{
    internal DbSet<ApiClient> Clients => Set<ApiClient>();

    internal DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    internal DbSet<Person> People => Set<Person>();

    internal DbSet<SignInSession> Sessions => Set<SignInSession>();

    internal DbSet<Passkey> Passkeys => Set<Passkey>();

    internal DbSet<FailedSignIns> FailedSignIns => Set<FailedSignIns>();

    internal DbSet<Membership> Memberships => Set<Membership>();

    internal DbSet<Affiliation> Affiliations => Set<Affiliation>();

    internal DbSet<Erasure> Erasures => Set<Erasure>();

    internal DbSet<LegalHold> LegalHolds => Set<LegalHold>();

    internal DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override string Schema => "identity";

    protected override void Map(ModelBuilder model)
    {
        model.Entity<ApiClient>(b =>
        {
            b.ToTable("api_clients");
            b.Property(c => c.Name).HasMaxLength(ApiClient.NameLength);
            b.Property(c => c.SecretHash).HasMaxLength(32);
        });
        model.Entity<SigningKey>(b =>
        {
            b.ToTable("signing_keys");
            b.HasKey(k => k.Generation);
            b.Property(k => k.Generation).ValueGeneratedNever();
            b.Property(k => k.KeyId).HasMaxLength(60);
        });
        model.Entity<Person>(b =>
        {
            b.ToTable("people");
            b.Property(p => p.Name).HasMaxLength(Person.NameLength);
            b.Property(p => p.Email).HasMaxLength(Person.EmailLength);
            b.Property(p => p.NormalizedEmail).HasMaxLength(Person.EmailLength);
            b.Property(p => p.Culture).HasMaxLength(20);
            b.Property(p => p.PasswordHash).HasMaxLength(200);
            b.Property(p => p.SecurityStamp).HasMaxLength(60);
            b.HasIndex(p => new { p.NetworkId, p.NormalizedEmail }).IsUnique().HasDatabaseName("ux_people_email");
        });
        model.Entity<Passkey>(b =>
        {
            b.ToTable("passkeys");
            b.Property(p => p.Name).HasMaxLength(Passkey.NameLength);
            b.Property(p => p.CredentialId).HasMaxLength(Passkey.CredentialIdLength);
            b.HasIndex(p => new { p.NetworkId, p.CredentialId }).IsUnique().HasDatabaseName("ux_passkeys_credential");
            b.HasOne<Person>().WithMany().HasForeignKey(p => new { p.NetworkId, p.PersonId }).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<FailedSignIns>(b =>
        {
            b.ToTable("failed_sign_ins");
            b.Property(f => f.Key).HasMaxLength(32);
            b.HasIndex(f => new { f.NetworkId, f.Key }).IsUnique().HasDatabaseName("ux_failed_sign_ins_key");
        });
        model.Entity<SignInSession>(b =>
        {
            b.ToTable("sign_in_sessions");
            b.Property(s => s.SecurityStamp).HasMaxLength(60);
            b.Property(s => s.UserAgent).HasMaxLength(SignInSession.UserAgentLength);
            b.HasOne<Person>().WithMany().HasForeignKey(s => new { s.NetworkId, s.PersonId }).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<DataProtectionKey>(b =>
        {
            b.ToTable("data_protection_keys");
            b.HasKey(k => k.Id);
            b.Property(k => k.Id).ValueGeneratedNever();
        });
        model.Entity<Affiliation>(b =>
        {
            b.ToTable("affiliations");
            b.HasIndex(a => new { a.NetworkId, a.PersonId, a.TenantId }).IsUnique().HasDatabaseName("ux_affiliations_person");
            b.HasOne<Person>().WithMany().HasForeignKey(a => new { a.NetworkId, a.PersonId }).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<Erasure>(b =>
        {
            b.ToTable("erasures");
            b.Property(e => e.RequestedBy).HasMaxLength(200);
            b.Property(e => e.ConfirmedBy).HasMaxLength(200);
            b.HasIndex(e => new { e.TenantId, e.PersonId });
        });
        model.Entity<LegalHold>(b =>
        {
            b.ToTable("legal_holds");
            b.Property(h => h.Reason).HasMaxLength(LegalHold.ReasonLength);
            b.Property(h => h.PlacedBy).HasMaxLength(200);
            b.HasIndex(h => new { h.TenantId, h.SubjectId });
        });
        model.Entity<Membership>(b =>
        {
            b.ToTable("memberships");
            b.HasIndex(m => new { m.TenantId, m.PersonId }).IsUnique().HasFilter("ended_at IS NULL").HasDatabaseName("ux_memberships_person");
        });
    }
}
