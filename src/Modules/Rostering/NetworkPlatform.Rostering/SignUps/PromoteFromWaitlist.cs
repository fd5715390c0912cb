using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>Gives free places of a shift to its waitlist, in order, passing over those whom their limits no longer allow it.</summary>
internal static class PromoteFromWaitlist
{
    public sealed record Command(Guid ShiftId) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var shift = await db.Shifts.AsNoTracking().SingleAsync(s => s.Id == request.ShiftId, cancellationToken);
            if (shift.Status != ShiftStatus.Open || shift.EndsAt <= now || shift.Taken >= shift.Places)
            {
                return Done.Instance;
            }

            var waiting = await db.SignUps
                .Where(s => s.ShiftId == shift.Id && s.Status == SignUpStatus.Waitlisted)
                .Join(db.Volunteers, s => s.VolunteerId, v => v.Id, (signUp, volunteer) => new { SignUp = signUp, volunteer.PersonId })
                .ToListAsync(cancellationToken);
            foreach (var (signUp, personId) in waiting.OrderBy(w => w.SignUp.At).ThenBy(w => w.SignUp.Id).Select(w => (w.SignUp, w.PersonId)))
            {
                if (!await db.LockPerson(signUp.VolunteerId, cancellationToken) || !await MayTake(personId, shift.ToDuty(), cancellationToken))
                {
                    continue;
                }

                if (!await db.Shifts.TakePlace(shift, cancellationToken))
                {
                    break;
                }

                signUp.Status = SignUpStatus.Confirmed;
                db.Add(Commitment.Of(signUp, personId, shift.ToDuty()));
                outbox.Publish(new VolunteerSignedUp(signUp.Id, shift.Id, shift.SessionId, signUp.VolunteerId, shift.ChapterId));
            }

            return Done.Instance;
        }

        private async Task<bool> MayTake(Guid personId, Duty duty, CancellationToken cancellationToken)
        {
            var duties = await db.Commitments.DutiesAround(personId, duty.StartsAt).ToListAsync(cancellationToken);
            return !duties.Exists(d => d.StartsAt < duty.EndsAt && duty.StartsAt < d.EndsAt) && !BurnoutRules.Decide(BurnoutPolicy.Default, duties, duty).IsRefused;
        }
    }
}
