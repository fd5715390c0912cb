using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.Shifts;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>
/// Offers a shift's free places to those who wait for one, in order, passing over whom the place would harm by now. It is done with the act that frees the place, so that
/// nobody comes in between; whoever was passed over stays on the list. The caller holds the shift's lock.
/// </summary>
internal sealed class Waitlist(RosteringDbContext db, DutiesElsewhere elsewhere, PolicySets policies, Outbox outbox, TimeProvider clock)
{
    /// <summary>Time to answer; near the start half of what is left, so that somebody else still has a chance ([M]).</summary>
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromHours(24);

    private const int AtOnce = 20;

    internal async Task OfferFreePlaces(Shift shift, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (shift.Status != ShiftStatus.Open || shift.StartsAt <= now || !shift.HasRoom)
        {
            return;
        }

        var set = await policies.Newest(cancellationToken);
        var policy = set.For(shift.ChapterId);
        for (var passedOver = 0; shift.HasRoom; passedOver += AtOnce)
        {
            var waiting = await (
                from signUp in db.SignUps
                join volunteer in db.Volunteers on signUp.VolunteerId equals volunteer.Id
                where signUp.ShiftId == shift.Id && signUp.Status == SignUpStatus.Waitlisted
                orderby signUp.At, signUp.Id
                select new { SignUp = signUp, volunteer.PersonId }).Skip(passedOver).Take(AtOnce).ToListAsync(cancellationToken);
            if (waiting.Count == 0)
            {
                return;
            }

            var ids = waiting.Select(w => w.SignUp.VolunteerId).ToList();
            db.LockPeople(ids);
            var here = await db.Candidates(db.Volunteers.Where(v => ids.Contains(v.Id)), shift).ToListAsync(cancellationToken);
            var candidates = (await elsewhere.AddToDecide(here, shift.StartsAt, cancellationToken)).ToDictionary(c => c.VolunteerId);
            foreach (var signUp in waiting.Select(w => w.SignUp).TakeWhile(_ => shift.HasRoom))
            {
                var candidate = candidates[signUp.VolunteerId];
                candidate.Duties.AddRange(OfferedAlready(candidate.PersonId));
                var (refusal, decision) = Eligibility.Of(shift, candidate, policy, now);
                if (refusal is null)
                {
                    Offer(signUp, shift, candidate, decision, set.Version, now);
                }
            }
        }
    }

    /// <summary>In this transaction, for another shift: the database does not know it yet.</summary>
    private IEnumerable<Duty> OfferedAlready(Guid personId) => db.AddedLast.OfType<Commitment>()
        .Where(c => c.PersonId == personId)
        .Select(c => new Duty(c.StartsAt, c.EndsAt, c.TimeZone, c.Intensity, c.Kind, c.Debrief));

    private void Offer(SignUp signUp, Shift shift, Candidate candidate, BurnoutDecision decision, PolicyVersion version, DateTimeOffset now)
    {
        (signUp.Status, signUp.PolicyVersion) = (SignUpStatus.Offered, version.ToString());
        db.Occupy(outbox, signUp, shift, candidate, decision);
        Ask(signUp, shift, now);
    }

    /// <summary>From now on whoever is offered the place has time to answer.</summary>
    internal void Ask(SignUp signUp, Shift shift, DateTimeOffset now)
    {
        var left = (shift.StartsAt - now) / 2;
        signUp.OfferedUntil = now + (left < TimeToAnswer ? left : TimeToAnswer);
        outbox.Publish(new PlaceOffered(signUp.Id, shift.Id, signUp.VolunteerId, shift.ChapterId, signUp.OfferedUntil.Value));
        outbox.PublishAt(signUp.OfferedUntil.Value, new OfferTimeUp(signUp.Id));
    }
}
