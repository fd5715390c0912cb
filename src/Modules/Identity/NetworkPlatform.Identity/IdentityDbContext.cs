using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Connect;
using NetworkPlatform.Identity.Keys;
using NetworkPlatform.Identity.Memberships;
using NetworkPlatform.Identity.Merging;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.Privacy;
using NetworkPlatform.Identity.Providers;
using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.Identity;

internal sealed class IdentityDbContext(DbContextOptions<IdentityDbContext> options) : ModuleDbContext(options)
{
    private const int HashLength = 32;

    internal DbSet<ApiClient> Clients => Set<ApiClient>();

    internal DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    internal DbSet<Person> People => Set<Person>();

    internal DbSet<SignInSession> Sessions => Set<SignInSession>();

    internal DbSet<Passkey> Passkeys => Set<Passkey>();

    internal DbSet<FailedSignIns> FailedSignIns => Set<FailedSignIns>();

    internal DbSet<Membership> Memberships => Set<Membership>();

    internal DbSet<Grant> Grants => Set<Grant>();

    internal DbSet<AuthorizationCode> Codes => Set<AuthorizationCode>();

    internal DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();

    internal DbSet<PushedRequest> PushedRequests => Set<PushedRequest>();

    internal DbSet<LogoutNotice> LogoutNotices => Set<LogoutNotice>();

    internal DbSet<Consent> Consents => Set<Consent>();

    internal DbSet<RevokedToken> RevokedTokens => Set<RevokedToken>();

    internal DbSet<SpentAssertion> SpentAssertions => Set<SpentAssertion>();
    internal DbSet<PersonMerge> Merges => Set<PersonMerge>();

    internal DbSet<Invitation> Invitations => Set<Invitation>();

    internal DbSet<Affiliation> Affiliations => Set<Affiliation>();

    internal DbSet<IdentityProvider> IdentityProviders => Set<IdentityProvider>();

    internal DbSet<ExternalLogin> ExternalLogins => Set<ExternalLogin>();

    internal DbSet<Erasure> Erasures => Set<Erasure>();

    internal DbSet<LegalHold> LegalHolds => Set<LegalHold>();

    internal DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override string Schema => "identity";

    /// <summary>What clients are told of log-outs, that its people were members, and sessions that held in it alone go with the tenant. Their accounts stay, since they are the network's, until its top goes, which is its last.</summary>
    protected override async Task<int> EraseShared(IAsyncEnumerable<ModuleDbContext> neighbours, CancellationToken cancellationToken) =>
        await LogoutNotices.Where(n => n.ClientId.StartsWith(TenantId.ToString("N"))).ExecuteDeleteAsync(cancellationToken)
        + await Affiliations.Where(a => a.TenantId == TenantId).ExecuteDeleteAsync(cancellationToken)
        + await Sessions.Where(s => s.OnlyIn == TenantId).ExecuteDeleteAsync(cancellationToken)
        + (TenantId != NetworkId ? 0
            : await People.ExecuteDeleteAsync(cancellationToken) + await Merges.ExecuteDeleteAsync(cancellationToken) + await FailedSignIns.ExecuteDeleteAsync(cancellationToken));

    protected override void Map(ModelBuilder model)
    {
        model.Entity<ApiClient>(b =>
        {
            b.ToTable("api_clients");
            b.Property(c => c.Name).HasMaxLength(ApiClient.NameLength);
            b.Property(c => c.Kind).HasDefaultValue(ClientKind.Machine).ValueGeneratedNever();
            b.Property(c => c.SecretHash).HasMaxLength(HashLength);
            b.Property(c => c.PreviousSecretHash).HasMaxLength(HashLength);
            b.Property(c => c.BackChannelLogoutUri).HasMaxLength(RedirectUris.MaxLength);
            b.Property(c => c.IdTokenAlgorithm).HasMaxLength(10);
        });
        model.Entity<SigningKey>(b =>
        {
            b.ToTable("signing_keys");
            b.HasKey(k => new { k.Algorithm, k.Generation });
            b.Property(k => k.Generation).ValueGeneratedNever();
            b.Property(k => k.Algorithm).HasMaxLength(10);
        });
        MapGrants(model);
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
        model.Entity<PersonMerge>(b => b.ToTable("person_merges"));
        model.Entity<Invitation>(b =>
        {
            b.ToTable("invitations");
            b.Property(i => i.Email).HasMaxLength(Person.EmailLength);
            b.Property(i => i.NormalizedEmail).HasMaxLength(Person.EmailLength);
            b.Property(i => i.Name).HasMaxLength(Person.NameLength);
            b.HasIndex(i => new { i.TenantId, i.NormalizedEmail });
        });
        model.Entity<IdentityProvider>(b =>
        {
            b.ToTable("identity_providers");
            b.Property(p => p.Name).HasMaxLength(IdentityProvider.NameLength);
            b.Property(p => p.Issuer).HasMaxLength(IdentityProvider.IssuerLength);
            b.Property(p => p.ClientId).HasMaxLength(IdentityProvider.ClientIdLength);
        });
        model.Entity<ExternalLogin>(b =>
        {
            b.ToTable("external_logins");
            b.Property(l => l.Issuer).HasMaxLength(IdentityProvider.IssuerLength);
            b.Property(l => l.Subject).HasMaxLength(ExternalLogin.SubjectLength);
            b.HasIndex(l => new { l.TenantId, l.Issuer, l.Subject }).IsUnique().HasDatabaseName("ux_external_logins_subject");
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

    private static void MapGrants(ModelBuilder model)
    {
        model.Entity<Grant>(b =>
        {
            b.ToTable("grants");
            b.Property(g => g.ClientId).HasMaxLength(ApiClient.PublicIdLength);
            b.Property(g => g.SecurityStamp).HasMaxLength(60);
            b.HasIndex(g => new { g.TenantId, g.SessionId });
        });
        model.Entity<AuthorizationCode>(b =>
        {
            b.ToTable("authorization_codes");
            b.Property(c => c.Hash).HasMaxLength(HashLength);
            b.Property(c => c.RedirectUri).HasMaxLength(RedirectUris.MaxLength);
            b.Property(c => c.CodeChallenge).HasMaxLength(128);
            b.Property(c => c.Nonce).HasMaxLength(2000);
            b.HasIndex(c => new { c.TenantId, c.Hash }).IsUnique().HasDatabaseName("ux_authorization_codes_hash");
            b.HasOne<Grant>().WithMany().HasForeignKey(c => new { c.TenantId, c.GrantId }).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<RefreshToken>(b =>
        {
            b.ToTable("refresh_tokens");
            b.Property(t => t.Hash).HasMaxLength(HashLength);
            b.Property(t => t.SuccessorSalt).HasMaxLength(HashLength);
            b.Property(t => t.KeyThumbprint).HasMaxLength(43);
            b.HasIndex(t => new { t.TenantId, t.Hash }).IsUnique().HasDatabaseName("ux_refresh_tokens_hash");
            b.HasOne<Grant>().WithMany().HasForeignKey(t => new { t.TenantId, t.GrantId }).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<PushedRequest>(b =>
        {
            b.ToTable("pushed_requests");
            b.Property(r => r.Hash).HasMaxLength(HashLength);
            b.HasIndex(r => new { r.TenantId, r.Hash }).IsUnique().HasDatabaseName("ux_pushed_requests_hash");
        });
        model.Entity<Consent>(b =>
        {
            b.ToTable("consents");
            b.Property(c => c.ClientId).HasMaxLength(ApiClient.PublicIdLength);
            b.HasIndex(c => new { c.TenantId, c.PersonId, c.ClientId }).IsUnique().HasDatabaseName("ux_consents_client");
        });
        model.Entity<LogoutNotice>(b =>
        {
            b.ToTable("logout_notices");
            b.Property(n => n.ClientId).HasMaxLength(ApiClient.PublicIdLength);
            b.Property(n => n.Address).HasMaxLength(RedirectUris.MaxLength);
            b.Property(n => n.Algorithm).HasMaxLength(10);
            b.HasIndex(n => new { n.NetworkId, n.SessionId, n.ClientId }).IsUnique().HasDatabaseName("ux_logout_notices_client");
            b.HasOne<SignInSession>().WithMany().HasForeignKey(n => new { n.NetworkId, n.SessionId }).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<RevokedToken>(b => b.ToTable("revoked_tokens"));
        model.Entity<SpentAssertion>(b =>
        {
            b.ToTable("spent_assertions");
            b.Property(a => a.Hash).HasMaxLength(HashLength);
            b.HasIndex(a => new { a.TenantId, a.Hash }).IsUnique().HasDatabaseName("ux_spent_assertions_hash");
        });
    }
}
