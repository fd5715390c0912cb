using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Shifts;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>What goes together when a place is taken: the count, what it weighs, and the event. Under the locks of the shift and the person.</summary>
internal static class PlaceTaking
{
    /// <summary>Adds a new sign-up, and what its status brings with it.</summary>
    internal static void Take(this RosteringDbContext db, Outbox outbox, SignUp signUp, Shift shift, Candidate candidate)
    {
        db.Add(signUp);
        if (signUp.Status == SignUpStatus.Waitlisted)
        {
            outbox.Publish(new VolunteerWaitlisted(signUp.Id, shift.Id, signUp.VolunteerId, shift.ChapterId));
            return;
        }

        shift.TakePlace(signUp.Experienced);
        db.Commit(signUp.Id, candidate, shift.ToDuty());
        outbox.Publish(new VolunteerSignedUp(signUp.Id, shift.Id, shift.SessionId, signUp.VolunteerId, shift.ChapterId));
    }

    /// <summary>From now on the duty counts for the person, in all tenants of the network and in this transaction.</summary>
    internal static void Commit(this RosteringDbContext db, Guid id, Candidate candidate, Duty duty)
    {
        db.Add(Commitment.Of(id, candidate.PersonId, duty));
        candidate.Duties.Add(duty);
    }
}
