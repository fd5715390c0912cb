using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.Platform.Tenancy;

/// <summary>A database other than the main one, where tenants have their rows. Its connection strings are the platform's alone: nothing prints, logs or serialises them.</summary>
public sealed record TenantDatabase
{
    private readonly string? application;
    private readonly string? relay;
    private readonly string? owner;

    private TenantDatabase(string? application, string? relay, string? owner) => (this.application, this.relay, this.owner) = (application, relay, owner);

    internal string Application => application ?? throw new TenantDatabaseUnreadableException();

    internal string Relay => relay ?? throw new TenantDatabaseUnreadableException();

    internal string Owner => owner ?? throw new TenantDatabaseUnreadableException();

    /// <summary>By the settings <c>Databases:{name}:ConnectionString</c>, <c>RelayConnectionString</c> and <c>OwnerConnectionString</c>.</summary>
    public static TenantDatabase FromSettings(IConfiguration configuration, string name) => new(
        configuration.Require($"Databases:{name}:ConnectionString"),
        configuration.Require($"Databases:{name}:RelayConnectionString"),
        configuration.Require($"Databases:{name}:OwnerConnectionString"));

    /// <summary>Where the key is not the one that it was encrypted under, a database that does not answer: so others whose network it is in go on.</summary>
    public static TenantDatabase Decrypt(byte[] encrypted, AtRestEncryption encryption, Guid tenantId)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(encryption.Decrypt(encrypted, Purpose(tenantId))) is [var application, var relay, var owner]
                ? new TenantDatabase(application, relay, owner)
                : throw new InvalidOperationException("A tenant's database is stored in a form that is not known.");
        }
        catch (CryptographicException)
        {
            return new TenantDatabase(null, null, null);
        }
    }

    public byte[] Encrypt(AtRestEncryption encryption, Guid tenantId) => encryption.Encrypt(JsonSerializer.SerializeToUtf8Bytes<string[]>([Application, Relay, Owner]), Purpose(tenantId));

    private static string Purpose(Guid tenantId) => $"database of tenant {tenantId}";
}

/// <summary>Where a tenant has its rows cannot be read under the present <c>Identity:KeyEncryptionKey</c>.</summary>
public sealed class TenantDatabaseUnreadableException() : DbException("The address of a tenant's own database cannot be decrypted: Identity:KeyEncryptionKey is not the one that it was encrypted under.")
{
    /// <summary>Until the key is the right one again, as where a database does not answer.</summary>
    public override bool IsTransient => true;
}
