using System.Text.Json;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.Platform.Tenancy;

/// <summary>A database other than the main one, where tenants have their rows. Its connection strings are the platform's alone: nothing prints, logs or serialises them.</summary>
public sealed record TenantDatabase
{
    private TenantDatabase(string application, string relay, string owner) => (Application, Relay, Owner) = (application, relay, owner);

    internal string Application { get; }

    internal string Relay { get; }

    internal string Owner { get; }

    /// <summary>By the settings <c>Databases:{name}:ConnectionString</c>, <c>RelayConnectionString</c> and <c>OwnerConnectionString</c>.</summary>
    public static TenantDatabase FromSettings(IConfiguration configuration, string name) => new(
        configuration.Require($"Databases:{name}:ConnectionString"),
        configuration.Require($"Databases:{name}:RelayConnectionString"),
        configuration.Require($"Databases:{name}:OwnerConnectionString"));

    public static TenantDatabase Decrypt(byte[] encrypted, AtRestEncryption encryption, Guid tenantId) =>
        JsonSerializer.Deserialize<string[]>(encryption.Decrypt(encrypted, Purpose(tenantId))) is [var application, var relay, var owner]
            ? new TenantDatabase(application, relay, owner)
            : throw new InvalidOperationException("A tenant's database is stored in a form that is not known.");

    public byte[] Encrypt(AtRestEncryption encryption, Guid tenantId) => encryption.Encrypt(JsonSerializer.SerializeToUtf8Bytes<string[]>([Application, Relay, Owner]), Purpose(tenantId));

    private static string Purpose(Guid tenantId) => $"database of tenant {tenantId}";
}
