using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Shifts;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>What goes together when a place is taken: the count, what it weighs, and the event. Under the locks of the shift and the person.</summary>
internal static class PlaceTaking
{
    /// <summary>Adds a new sign-up, and what its status brings with it.</summary>
    internal static void Take(this RosteringDbContext db, Outbox outbox, SignUp signUp, Shift shift, Candidate candidate, BurnoutDecision decision)
    {
        db.AddLast(signUp);
        if (signUp.Status == SignUpStatus.Waitlisted)
        {
            outbox.Publish(new VolunteerWaitlisted(signUp.Id, shift.Id, signUp.VolunteerId, shift.ChapterId));
            return;
        }

        db.Occupy(outbox, signUp, shift, candidate, decision);
        outbox.Publish(new VolunteerSignedUp(signUp.Id, shift.Id, shift.SessionId, signUp.VolunteerId, shift.ChapterId));
    }

    /// <summary>The place is theirs or kept for them, and from now on its duty counts for the person, in all tenants of the network and in this transaction.</summary>
    internal static void Occupy(this RosteringDbContext db, Outbox outbox, SignUp signUp, Shift shift, Candidate candidate, BurnoutDecision decision)
    {
        var duty = shift.ToDuty();
        shift.TakePlace(signUp.Experienced = candidate.IsExperienced);
        db.AddLast(Commitment.Of(signUp.Id, candidate.PersonId, duty));
        candidate.Duties.Add(duty);
        if (decision.Overload is { Count: > 0 } limits)
        {
            outbox.Publish(new VolunteerOverloaded(signUp.Id, signUp.VolunteerId, [.. limits.Select(l => l.Rule)], limits.Any(l => l.Severity == Burnout.Severity.Refuse)));
        }
    }

    /// <summary>Counts a place that is taken beside others, under <see cref="RosteringLocks.ShareShift"/>. Who comes too late for it, or to the last one where that must be somebody experienced, is decided on anew.</summary>
    internal static void CountPlace(this RosteringDbContext db, SignUp signUp, Shift shift) => db.CountLast(
        shift, atMost: shift.Places - (shift is { Experienced: 0, Terms.NoFirstTimersAlone: true } ? 1 : 0), ("taken", 1), ("experienced", signUp.Experienced ? 1 : 0));
}
