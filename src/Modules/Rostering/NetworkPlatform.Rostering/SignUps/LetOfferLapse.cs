using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>Takes an offer back that nobody answered in time; the place goes on to the next on the waitlist. Only the offer's own event sends it.</summary>
internal static class LetOfferLapse
{
    public sealed record Command(Guid SignUpId) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db, Cancelling cancelling, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            await db.LockShiftOf(request.SignUpId, cancellationToken);
            var found = await db.SignUpWithShift(request.SignUpId, cancellationToken);
            if (found is not { SignUp: { Status: SignUpStatus.Offered, OfferedUntil: { } until } })
            {
                return Done.Instance;
            }

            if (until > clock.GetUtcNow())
            {
                outbox.PublishAt(until, new OfferTimeUp(request.SignUpId)); // another node's clock is ahead of this one's
            }
            else
            {
                await cancelling.Cancel(found.SignUp, found.Shift, "The offer was not answered in time.", cancellationToken);
            }

            return Done.Instance;
        }
    }
}
