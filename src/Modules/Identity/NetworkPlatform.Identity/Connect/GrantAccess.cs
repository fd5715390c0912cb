using NetworkPlatform.Identity.SignIn;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>A signed-in person lets a client act for them in this tenant: the client gets a code for it.</summary>
internal static class GrantAccess
{
    public sealed record Command(AuthorizeRequest Request, SignInSession Session) : ICommand<Response>;

    public sealed record Response(string Code);

    internal sealed class Handler(IdentityDbContext db, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        /// <summary>After that a replay of what is long over finds nothing, which is refused just the same.</summary>
        private static readonly TimeSpan KeepEnded = TimeSpan.FromDays(7);

        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var (asked, session, now) = (request.Request, request.Session, clock.GetUtcNow());
            if (!await db.MembershipsOf(session.PersonId, now).AnyAsync(cancellationToken))
            {
                return new Refused("access_denied", "The person is no member of this tenant.");
            }

            var forgotten = now - KeepEnded;
            await db.Grants.Where(g => g.EndsAt < forgotten || g.EndedAt < forgotten).ExecuteDeleteAsync(cancellationToken);
            var code = OpaqueHandle.New(db.TenantId);
            var grant = new Grant
            {
                ClientId = asked.Client.Id,
                PersonId = session.PersonId,
                SessionId = session.Id,
                SecurityStamp = session.SecurityStamp,
                Scopes = [.. asked.Scopes],
                AuthenticatedAt = session.AuthenticatedAt,
                Methods = session.Methods,
                CreatedAt = now,
                EndsAt = now + TokenSettings.GrantLifetime,
            };
            db.Add(grant);
            db.Add(new AuthorizationCode
            {
                GrantId = grant.Id,
                Hash = code.Hash,
                RedirectUri = asked.RedirectUri,
                CodeChallenge = asked.CodeChallenge,
                Nonce = asked.Nonce,
                ExpiresAt = now + TokenSettings.CodeLifetime,
            });
            await NoteLogout(asked, session, cancellationToken);
            return new Response(code.Text);
        }

        private async Task NoteLogout(AuthorizeRequest asked, SignInSession session, CancellationToken cancellationToken)
        {
            if (asked.Client.Client.BackChannelLogoutUri is not { } address)
            {
                return;
            }

            // A browser that sends its person from two windows at once is one session, to be told of once.
            db.LockNameAhead($"logout-notice {session.Id} {asked.Client.Id}");
            if (!await db.LogoutNotices.AnyAsync(n => n.SessionId == session.Id && n.ClientId == asked.Client.Id, cancellationToken))
            {
                db.Add(new LogoutNotice { SessionId = session.Id, PersonId = session.PersonId, ClientId = asked.Client.Id, Address = address, Algorithm = asked.Client.Client.IdTokenAlgorithm });
            }
        }
    }
}
