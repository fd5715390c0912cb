using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Memberships;

/// <summary>A person ends their own membership of the current tenant.</summary>
internal static class LeaveTenant
{
    public sealed record Command(Guid PersonId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var member = await db.LockMembership(m => m.PersonId == request.PersonId, cancellationToken);
            if (member is null)
            {
                return new MembershipNotFound();
            }

            return await db.End(member, tokens, outbox, clock.GetUtcNow(), cancellationToken) is { } refusal ? Result<Done>.Failure(refusal) : Done.Instance;
        }
    }
}
