using System.Net;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>Tells a client that a session has ended. Where it cannot be reached the message comes again; where it refuses, it has been told.</summary>
internal static class SendLogoutToken
{
    public sealed record Command(Guid NoticeId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, IdTokens tokens, IHttpClientFactory clients) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.LogoutNotices.SingleOrDefaultAsync(n => n.Id == request.NoticeId, cancellationToken) is not { } notice)
            {
                return Done.Instance;
            }

            using var http = clients.CreateClient(OutboundRequests.ClientName);
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("logout_token", await tokens.IssueLogout(notice, cancellationToken))]);
            using var answer = await http.PostAsync(new Uri(notice.Address), form, cancellationToken);
            if (answer.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests)
            {
                throw new HttpRequestException($"The client answered {(int)answer.StatusCode} to its logout token.");
            }

            db.Remove(notice);
            return Done.Instance;
        }
    }
}
