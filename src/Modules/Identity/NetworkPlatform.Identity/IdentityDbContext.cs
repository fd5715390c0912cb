using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity;

internal sealed class IdentityDbContext(DbContextOptions<IdentityDbContext> options) : ModuleDbContext(options)
{
    internal DbSet<ApiClient> Clients => Set<ApiClient>();

    internal DbSet<SigningKey> SigningKeys => Set<SigningKey>();

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
    }
}
