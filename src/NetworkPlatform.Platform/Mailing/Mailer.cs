using System.Globalization;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace NetworkPlatform.Platform.Mailing;

/// <summary>The mail was not taken; what caused it is to be tried again.</summary>
public sealed class MailNotSentException(string reason, Exception? cause = null) : Exception(reason, cause);

/// <summary>Nobody can have such an address: trying again cannot help.</summary>
public sealed class MailAddressUnusableException() : Exception("The recipient's e-mail address cannot be one.");

/// <summary>Hands mails to the server, or to the folder, that the settings under <c>Mail</c> name.</summary>
public sealed class Mailer(IConfiguration configuration)
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);

    private readonly MailSettings? settings = MailSettings.Read(configuration);

    public bool IsConfigured => settings is not null;

    /// <summary>Returns once the mail was taken.</summary>
    /// <exception cref="MailNotSentException">Nothing is configured, or the server has not taken it.</exception>
    /// <exception cref="MailAddressUnusableException">The recipient is no address.</exception>
    public async Task Send(Mail mail, CancellationToken cancellationToken)
    {
        if (settings is null)
        {
            throw new MailNotSentException("Neither Mail:Smtp nor Mail:PickupDirectory is set.");
        }

        if (!MailAddress.TryCreate(mail.To, out var to) || to.Address != mail.To)
        {
            throw new MailAddressUnusableException();
        }

        using var message = Compose(mail, to, settings.From);
        using var client = Connect(settings, to);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(AtMost);
        try
        {
            await client.SendMailAsync(message, patience.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailNotSentException($"The mail server did not take it: {exception.GetBaseException().Message}", exception);
        }
    }

    private static SmtpClient Connect(MailSettings settings, MailAddress to)
    {
        // Only an address outside of ASCII needs a server that speaks SMTPUTF8; everything else is encoded for any server.
        var format = Ascii.IsValid(to.User) ? SmtpDeliveryFormat.SevenBit : SmtpDeliveryFormat.International;
        return settings.PickupDirectory is { } folder
            ? new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = folder, DeliveryFormat = format }
            : new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.Encrypted, Credentials = settings.Credentials, DeliveryFormat = format };
    }

    private static MailMessage Compose(Mail mail, MailAddress to, MailAddress from)
    {
        var message = new MailMessage(from, to) { Subject = OneLine(mail.Subject), SubjectEncoding = Encoding.UTF8, HeadersEncoding = Encoding.UTF8 };
        message.Headers["Message-ID"] = string.Create(CultureInfo.InvariantCulture, $"<{mail.Id:N}@{from.Host}>");
        message.Headers["Auto-Submitted"] = "auto-generated";
        if (mail.Unsubscribe is { } link)
        {
            message.Headers["List-Unsubscribe"] = $"<{link.AbsoluteUri}>";
            message.Headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        }

        message.AlternateViews.Add(View(mail.Text, MediaTypeNames.Text.Plain));
        if (mail.Html is { } html)
        {
            message.AlternateViews.Add(View(html, MediaTypeNames.Text.Html));
        }

        return message;
    }

    private static AlternateView View(string content, string mediaType)
    {
        var view = AlternateView.CreateAlternateViewFromString(content, Encoding.UTF8, mediaType);
        view.TransferEncoding = TransferEncoding.Base64;
        return view;
    }

    /// <summary>A line break in a name that somebody has chosen must not begin a header of their own.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)).Trim();
}
