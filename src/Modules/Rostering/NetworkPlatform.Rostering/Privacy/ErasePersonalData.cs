using System.Security.Cryptography;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Privacy;

/// <summary>Gives back the places that the volunteers still hold, and empties them: their past sign-ups stay, as those of somebody whom nobody can name.</summary>
internal static class ErasePersonalData
{
    public sealed record Command(ErasureOrder Order) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var volunteers = await db.Volunteers.Where(v => request.Order.Ids.Contains(v.Id)).OrderBy(v => v.Id).ToListAsync(cancellationToken);
            foreach (var volunteer in volunteers)
            {
                await GiveBackPlaces(volunteer.Id, cancellationToken);
            }

            foreach (var volunteer in volunteers)
            {
                await CutFromNetwork(volunteer, request.Order.Everywhere, cancellationToken);
            }

            await db.EraseRecords(request.Order.Ids, ofNetworkToo: false, clock.GetUtcNow(), cancellationToken);
            return Done.Instance;
        }

        private async Task GiveBackPlaces(Guid volunteerId, CancellationToken cancellationToken)
        {
            var held = await db.SignUps
                .Where(s => s.VolunteerId == volunteerId && (s.Status == SignUpStatus.Confirmed || s.Status == SignUpStatus.Waitlisted)).OrderBy(s => s.ShiftId).ToListAsync(cancellationToken);
            foreach (var signUp in held)
            {
                db.LockShift(signUp.ShiftId);
                var shift = await db.Shifts.SingleAsync(s => s.Id == signUp.ShiftId, cancellationToken);
                if (shift.EndsAt <= clock.GetUtcNow())
                {
                    continue;
                }

                var wasConfirmed = signUp.Status == SignUpStatus.Confirmed;
                if (wasConfirmed)
                {
                    shift.ReleasePlace();
                }

                signUp.Cancel(reason: null);
                outbox.Publish(new SignUpCancelled(signUp.Id, signUp.ShiftId, shift.SessionId, volunteerId, wasConfirmed));
            }
        }

        /// <summary>Their load protects nobody any more, and the hash of their address goes, unless another tenant counts by it.</summary>
        private async Task CutFromNetwork(Volunteer volunteer, bool everywhere, CancellationToken cancellationToken)
        {
            db.LockPerson(volunteer.Id);
            var person = await db.NetworkVolunteers.SingleAsync(p => p.Id == volunteer.PersonId, cancellationToken);
            await db.Commitments.Where(c => db.SignUps.Any(s => s.Id == c.Id && s.VolunteerId == volunteer.Id)).ExecuteDeleteAsync(cancellationToken);
            var nobodysKey = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            if (everywhere || !await db.Commitments.AnyAsync(c => c.PersonId == person.Id, cancellationToken))
            {
                person.EmailKey = nobodysKey;
                return;
            }

            var nobody = new NetworkVolunteer { EmailKey = nobodysKey };
            db.Add(nobody);
            volunteer.PersonId = nobody.Id;
        }
    }
}
