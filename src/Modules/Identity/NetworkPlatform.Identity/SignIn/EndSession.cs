using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>A person signs out, here or in another of their browsers.</summary>
internal static class EndSession
{
    public sealed record Command(Guid SessionId, Guid PersonId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.Sessions.SingleOrDefaultAsync(s => s.Id == request.SessionId && s.PersonId == request.PersonId, cancellationToken) is not { } session)
            {
                return new SessionNotFound();
            }

            await db.End(session, tokens, outbox, clock.GetUtcNow(), cancellationToken);
            return Done.Instance;
        }
    }
}

internal sealed record SessionNotFound() : NotFound("You have no such session.");
