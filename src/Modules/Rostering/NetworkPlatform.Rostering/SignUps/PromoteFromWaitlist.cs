using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Shifts;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>Gives free places of a shift to its waitlist, in order, passing over those whom their limits no longer allow it.</summary>
internal static class PromoteFromWaitlist
{
    public sealed record Command(Guid ShiftId) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db, DutiesElsewhere elsewhere, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            db.LockShift(request.ShiftId);
            var shift = await db.Shifts.SingleAsync(s => s.Id == request.ShiftId, cancellationToken);
            if (shift.Status != ShiftStatus.Open || shift.EndsAt <= clock.GetUtcNow() || shift.Taken >= shift.Places)
            {
                return Done.Instance;
            }

            var duty = shift.ToDuty();
            var waiting = await (
                from signUp in db.SignUps
                join volunteer in db.Volunteers on signUp.VolunteerId equals volunteer.Id
                where signUp.ShiftId == shift.Id && signUp.Status == SignUpStatus.Waitlisted
                orderby signUp.At, signUp.Id
                select new { SignUp = signUp, volunteer.PersonId }).ToListAsync(cancellationToken);
            foreach (var next in waiting)
            {
                db.LockPerson(next.SignUp.VolunteerId);
                var here = await db.Commitments.DutiesAround(next.PersonId, duty.StartsAt).ToListAsync(cancellationToken);
                var duties = await elsewhere.AddToDecide(here, next.PersonId, duty.StartsAt, cancellationToken);
                if (duties.Exists(duty.Overlaps) || BurnoutRules.Decide(BurnoutPolicy.Default, duties, duty).IsRefused)
                {
                    continue;
                }

                if (!shift.TakePlace())
                {
                    break;
                }

                next.SignUp.Status = SignUpStatus.Confirmed;
                db.Add(Commitment.Of(next.SignUp, next.PersonId, duty));
                outbox.Publish(new VolunteerSignedUp(next.SignUp.Id, shift.Id, shift.SessionId, next.SignUp.VolunteerId, shift.ChapterId));
            }

            return Done.Instance;
        }
    }
}
