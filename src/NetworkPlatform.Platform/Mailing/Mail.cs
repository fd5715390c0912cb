using System.Globalization;
using System.Net;
using System.Text;

namespace NetworkPlatform.Platform.Mailing;

/// <summary>A message to one person.</summary>
/// <param name="To">A plain e-mail address.</param>
/// <param name="Subject">One line; what would break it is taken for a space.</param>
/// <param name="Html">The same as <paramref name="Text"/>, for who reads HTML; null for text alone.</param>
public sealed record Mail(string To, string Subject, string Text, string? Html = null)
{
    /// <summary>The cause's own id, so that a mail sent again after a crash is recognised as the same one (its Message-ID).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Where one click ends such mail (RFC 8058); null for mail that somebody has asked for, such as a new password.</summary>
    public Uri? Unsubscribe { get; init; }

    /// <summary>A mail out of paragraphs, as text and as HTML in the language's direction. A paragraph that is a web address becomes a link.</summary>
    public static Mail Write(string to, CultureInfo language, string subject, params IEnumerable<string> paragraphs)
    {
        var html = new StringBuilder();
        var direction = language.TextInfo.IsRightToLeft ? "rtl" : "ltr";
        html.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"{language.Name}\" dir=\"{direction}\"><head><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(subject)}</title></head><body>\n");
        var all = paragraphs.ToList();
        foreach (var paragraph in all)
        {
            var encoded = WebUtility.HtmlEncode(paragraph);
            html.Append("<p>").Append(IsLink(paragraph) ? $"<a href=\"{encoded}\" dir=\"ltr\">{encoded}</a>" : encoded.Replace("\n", "<br>", StringComparison.Ordinal)).Append("</p>\n");
        }

        return new Mail(to, subject, string.Join("\n\n", all) + "\n", html.Append("</body></html>\n").ToString());
    }

    private static bool IsLink(string paragraph) =>
        !paragraph.Contains(' ', StringComparison.Ordinal) && Uri.TryCreate(paragraph, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
}
