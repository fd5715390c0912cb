using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>What a mail's link is about: whose mail, in which tenant, and which kind of it ends. Encrypted, so that nobody can make one, and nobody can read it.</summary>
/// <param name="Kind">Null for all kinds.</param>
internal sealed record UnsubscribeToken(Guid TenantId, Guid VolunteerId, NotificationKind? Kind, string Language)
{
    private const string Purpose = "rostering.unsubscribe";

    internal string Write(AtRestEncryption encryption) =>
        Base64Url.EncodeToString(encryption.Encrypt(Encoding.UTF8.GetBytes($"{TenantId:N} {VolunteerId:N} {Kind?.ToString() ?? "*"} {Language}"), Purpose));

    /// <summary>Null for anything but a token of ours.</summary>
    internal static UnsubscribeToken? Read(string text, AtRestEncryption encryption)
    {
        try
        {
            return Encoding.UTF8.GetString(encryption.Decrypt(Base64Url.DecodeFromChars(text), Purpose)).Split(' ') is [var tenant, var volunteer, var kind, var language]
                ? new UnsubscribeToken(Guid.Parse(tenant), Guid.Parse(volunteer), kind == "*" ? null : Enum.Parse<NotificationKind>(kind), language)
                : null;
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
