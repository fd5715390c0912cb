using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>Ends a grant and, with it, all of its tokens, on every node.</summary>
internal static class EndGrant
{
    public sealed record Command(Guid GrantId, GrantEnd Because) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var grant = await db.Grants.SingleOrDefaultAsync(g => g.Id == request.GrantId, cancellationToken);
            if (grant?.End(request.Because, clock.GetUtcNow()) == true)
            {
                tokens.Revoked(grant.Id, outbox);
            }

            return Done.Instance;
        }
    }
}
