using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Identity.Memberships;

/// <summary>Tells the others that a membership's time is over, unless it has been prolonged or ended since. The row stays, to be prolonged. Only its own event sends it.</summary>
internal static class LetMembershipLapse
{
    public sealed record Command(Guid MembershipId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            // Whoever prolongs it meanwhile has done so before, or does so after they have left.
            var member = await db.LockMembership(m => m.Id == request.MembershipId, cancellationToken);
            switch (member?.ValidUntil)
            {
                case null:
                    break;
                case { } until when until > clock.GetUtcNow():
                    member.TellWhenOver(outbox); // another node's clock is ahead of this one's
                    break;
                default:
                    outbox.Publish(new MemberLeft(member.PersonId));
                    break;
            }

            return Done.Instance;
        }
    }
}
