using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>One click in a mail ends mails of its kind (RFC 8058). Opening the address only asks, since mail programs and scanners open addresses by themselves.</summary>
internal static class Unsubscribe
{
    /// <param name="Kind">Null for all kinds.</param>
    public sealed record Command(Guid VolunteerId, NotificationKind? Kind) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (!await db.Volunteers.AnyAsync(v => v.Id == request.VolunteerId, cancellationToken))
            {
                return new UnsubscribeLinkUnknown();
            }

            var said = await db.NotificationPreferences.SingleOrDefaultAsync(p => p.VolunteerId == request.VolunteerId, cancellationToken);
            if (said is null)
            {
                said = new NotificationPreferences { VolunteerId = request.VolunteerId };
                db.Add(said);
            }

            var kinds = request.Kind is { } one ? [one] : Enum.GetValues<NotificationKind>().Where(k => k != NotificationKind.LateCancellation);
            var names = kinds.Select(EnumNames<NotificationKind>.Of).Except(said.OptedOut, StringComparer.Ordinal).ToList();
            said.OptedOut = names.Count == 0 ? said.OptedOut : [.. said.OptedOut, .. names];
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        const string Reason = "the link in a mail is all that its reader has";
        routes.MapGet("/notifications/unsubscribe/{token}", Results<ContentHttpResult, Problem> (string token, HttpContext http, AtRestEncryption encryption) =>
            UnsubscribeToken.Read(token, encryption) is { } link ? Page(http, link, w => $"<p>{Text(w.UnsubscribeQuestion)}</p><form method=\"post\"><button>{Text(w.UnsubscribeButton)}</button></form>") : new Problem(new UnsubscribeLinkUnknown()))
            .AllowAnonymous(Reason).WithoutTenant();
        routes.MapPost("/notifications/unsubscribe/{token}", async Task<Results<ContentHttpResult, Problem>> (
            string token, HttpContext http, AtRestEncryption encryption, ITenantStore tenants, TenantScopes scopes, CancellationToken cancellationToken) =>
        {
            if (UnsubscribeToken.Read(token, encryption) is not { } link || await tenants.GetAsync(link.TenantId, cancellationToken) is not { } tenant)
            {
                return new Problem(new UnsubscribeLinkUnknown());
            }

            var result = await scopes.Send(tenant, new Command(link.VolunteerId, link.Kind), cancellationToken);
            return result.IsSuccess ? Page(http, link, w => $"<p>{Text(w.Unsubscribed)}</p>") : new Problem(result.Error);
        }).AllowAnonymous(Reason).WithoutTenant();
    }

    private static ContentHttpResult Page(HttpContext http, UnsubscribeToken link, Func<Wording, string> body)
    {
        var words = Wording.For(link.Language);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; form-action 'self'; frame-ancestors 'none'";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.Content(
            $"<!DOCTYPE html>\n<html lang=\"{words.Culture.Name}\" dir=\"{(words.Culture.TextInfo.IsRightToLeft ? "rtl" : "ltr")}\"><head><meta charset=\"utf-8\"><title>{Text(words.UnsubscribeButton)}</title></head><body>{body(words)}</body></html>\n",
            "text/html", Encoding.UTF8);
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}

internal sealed record UnsubscribeLinkUnknown() : Platform.Results.NotFound("There is no such link.");
