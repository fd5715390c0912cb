using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>
/// Takes an offer back that nobody answered in time; the place goes on to the next on the waitlist. While their tenant is suspended nobody can answer, so the offer is made again. Only the offer's
/// own event sends it.
/// </summary>
internal static class LetOfferLapse
{
    private static readonly TimeSpan LeastTimeToAnswer = TimeSpan.FromHours(1);

    public sealed record Command(Guid SignUpId) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db, Cancelling cancelling, Waitlist waitlist, TenantContext current, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            await db.LockShiftOf(request.SignUpId, cancellationToken);
            var found = await db.SignUpWithShift(request.SignUpId, cancellationToken);
            if (found is not { SignUp: { Status: SignUpStatus.Offered, OfferedUntil: { } until } })
            {
                return Done.Instance;
            }

            var now = clock.GetUtcNow();
            if (until > now)
            {
                outbox.PublishAt(until, new OfferTimeUp(request.SignUpId)); // another node's clock is ahead of this one's
            }
            else if (current.Tenant.IsSuspended && found.Shift.StartsAt - now > LeastTimeToAnswer)
            {
                waitlist.Ask(found.SignUp, found.Shift, now);
            }
            else
            {
                await cancelling.Cancel(found.SignUp, found.Shift, "The offer was not answered in time.", cancellationToken);
            }

            return Done.Instance;
        }
    }
}
