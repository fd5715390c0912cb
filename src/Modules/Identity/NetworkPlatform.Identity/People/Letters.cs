using System.Globalization;
using Microsoft.Extensions.Localization;
using NetworkPlatform.Identity.Account;
using NetworkPlatform.Identity.Tokens;
using NetworkPlatform.Platform.Mailing;

namespace NetworkPlatform.Identity.People;

/// <summary>The letters that people get about their account, in their language, in the name of the tenant that it is about.</summary>
internal sealed class Letters(Mailer mailer, TokenSettings settings, TenantContext current, IStringLocalizer<Texts> texts, MessageOrigin cause)
{
    /// <summary>Sends the letter <c>Letter.{name}</c>. A mail server that does not take it throws, so that what caused the letter is tried again.</summary>
    /// <param name="link">Path and query of a page; null for a letter without.</param>
    /// <param name="facts">What the text has holes for, after the tenant's name.</param>
    internal async Task Send(string to, string? language, string name, (string Path, string Token)? link, CancellationToken cancellationToken, params object[] facts)
    {
        if (!mailer.IsConfigured)
        {
            return;
        }

        var culture = PageLanguages.Culture(language ?? current.Tenant.Culture);
        CultureInfo.CurrentUICulture = culture;
        object[] holes = [current.Tenant.BrandName ?? current.Tenant.Name, .. facts];
        List<string> paragraphs = [texts[$"Letter.{name}", holes]];
        if (link is var (path, token))
        {
            paragraphs.Add(settings.Issuer + path + QueryString.Create([KeyValuePair.Create("tenant", (string?)current.Tenant.Identifier), KeyValuePair.Create("token", (string?)token)]));
        }

        paragraphs.Add(texts[link is null ? "Letter.if-not-you" : "Letter.if-not-asked"]);
        var mail = Mail.Write(to, culture, texts[$"Letter.{name}.subject", holes], paragraphs);
        try
        {
            await mailer.Send(cause.MessageId is { } id ? mail with { Id = id } : mail, cancellationToken);
        }
        catch (MailAddressUnusableException)
        {
            // Trying again cannot help; whoever typed it hears nothing, and types it again.
        }
    }
}
