using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;

namespace NetworkPlatform.Identity.Keys;

/// <summary>Keeps data protection's keys in the database, where every node finds them.</summary>
internal sealed class DataProtectionKeys(IDbContextFactory<IdentityDbContext> contexts, IDatabase database) : IXmlRepository
{
    // The interface is synchronous, and no request's thread has a context that these tasks could wait for.
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(async () =>
    {
        await using var db = await contexts.CreateDbContextAsync();
        return (await db.DataProtectionKeys.AsNoTracking().OrderBy(k => k.Id).Select(k => k.Xml).ToListAsync()).ConvertAll(XElement.Parse);
    }).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => Task.Run(async () =>
    {
        await using var db = await contexts.CreateDbContextAsync();
        await db.TryAddOnce(new DataProtectionKey { Xml = element.ToString(SaveOptions.DisableFormatting) }, database, CancellationToken.None);
    }).GetAwaiter().GetResult();
}

/// <summary>What the database holds of a key is of no use without the installation's own key.</summary>
internal sealed class DataProtectionKeyEncryptor(AtRestEncryption encryption) : IXmlEncryptor
{
    internal const string Purpose = "data-protection-key";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement("encrypted", Convert.ToBase64String(encryption.Encrypt(System.Text.Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)), Purpose))),
        typeof(DataProtectionKeyDecryptor));
}

/// <summary>Data protection makes it by its name, which stands beside what was encrypted.</summary>
internal sealed class DataProtectionKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(System.Text.Encoding.UTF8.GetString(
        services.GetRequiredService<AtRestEncryption>().Decrypt(Convert.FromBase64String(encryptedElement.Value), DataProtectionKeyEncryptor.Purpose)));
}

internal sealed class KeepDataProtectionKeys(IDbContextFactory<IdentityDbContext> contexts, IDatabase database, AtRestEncryption encryption) : IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions options)
    {
        options.XmlRepository = new DataProtectionKeys(contexts, database);
        options.XmlEncryptor = new DataProtectionKeyEncryptor(encryption);
    }
}
