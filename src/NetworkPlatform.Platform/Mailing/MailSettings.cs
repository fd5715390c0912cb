using System.Net;
using System.Net.Mail;

namespace NetworkPlatform.Platform.Mailing;

/// <summary>
/// <c>Mail:Smtp</c> (<c>smtp://user:password@host:port</c>, or <c>smtps</c> where STARTTLS is demanded) or <c>Mail:PickupDirectory</c> (a folder that gets an .eml file for each mail), and
/// <c>Mail:From</c>. All absent: no mail is sent. Anything else keeps the host from starting.
/// </summary>
internal sealed record MailSettings(MailAddress From, string? PickupDirectory, string Host, int Port, NetworkCredential? Credentials, bool Encrypted)
{
    private const int SubmissionPort = 587;

    internal static MailSettings? Read(IConfiguration configuration)
    {
        var (smtp, folder, sender) = (configuration["Mail:Smtp"], configuration["Mail:PickupDirectory"], configuration["Mail:From"]);
        var (hasSmtp, hasFolder) = (!string.IsNullOrEmpty(smtp), !string.IsNullOrEmpty(folder));
        if (!hasSmtp && !hasFolder)
        {
            return null;
        }

        if (!MailAddress.TryCreate(sender, out var from))
        {
            throw new InvalidOperationException("Mail:From must be an e-mail address, such as 'Our network <no-reply@example.org>'.");
        }

        if (hasSmtp && hasFolder)
        {
            throw new InvalidOperationException("Set either Mail:Smtp or Mail:PickupDirectory.");
        }

        return hasFolder ? new MailSettings(from, Directory.CreateDirectory(folder!).FullName, "", 0, null, Encrypted: false) : ReadServer(from, smtp!);
    }

    private static MailSettings ReadServer(MailAddress from, string smtp)
    {
        if (!Uri.TryCreate(smtp, UriKind.Absolute, out var server) || server.Scheme is not ("smtp" or "smtps") || server.Host.Length == 0 || server.PathAndQuery.Length > 1)
        {
            throw new InvalidOperationException("Mail:Smtp must read smtp://user:password@host:port or smtps://user:password@host:port.");
        }

        var encrypted = server.Scheme == "smtps";
        var credentials = server.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password] ? new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password)) : null;
        return credentials is not null && !encrypted && !server.IsLoopback
            ? throw new InvalidOperationException("Mail:Smtp would send its password in the clear: use smtps://.")
            : new MailSettings(from, PickupDirectory: null, server.Host, server.IsDefaultPort || server.Port <= 0 ? SubmissionPort : server.Port, credentials, encrypted);
    }
}
