using NetworkPlatform.Registry.Contracts;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Standing;
using NetworkPlatform.Rostering.Swaps;

namespace NetworkPlatform.Rostering.Shifts;

/// <summary>
/// Moves a session's shifts with it, and what its volunteers have committed to. What is still to be answered was about another time: pending swaps end, and places on offer are offered anew, to whoever may
/// take them now. Where only the zone is another, it is set and nothing else happens. Where the whole meeting is at another time, whoever has taken the series goes on with it. A move that is older than one
/// already seen changes nothing.
/// </summary>
internal static class MoveShifts
{
    public sealed record Command(SessionMoved Session) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db, SwapEnding swaps, Waitlist waitlist, Outbox outbox) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var session = request.Session;

            // Who takes a place meanwhile, be it by a swap, commits to the new time or is found below.
            var shifts = await db.LockShiftsOf(session.SessionId, cancellationToken);
            if (shifts.Count == 0)
            {
                return new ShiftNotOpenedYet(session.SessionId);
            }

            var newer = shifts.FindAll(s => session.Revision > s.SessionRevision);
            var moved = newer.FindAll(s => s.StartsAt != session.StartsAt || s.EndsAt != session.EndsAt);
            foreach (var shift in newer)
            {
                var zone = session.TimeZone ?? shift.TimeZone;
                if (session.WithMeeting)
                {
                    var (_, time) = StandingSignUp.LocalStart(session.StartsAt, zone);
                    await db.ChangeSeriesOf(shift, series => series.SetProperty(s => s.StartTime, time), cancellationToken);
                }

                (shift.StartsAt, shift.EndsAt, shift.TimeZone, shift.SessionRevision) = (session.StartsAt, session.EndsAt, zone, session.Revision);
                var taken = db.SignUps.Where(s => s.ShiftId == shift.Id && (s.Status == SignUpStatus.Confirmed || s.Status == SignUpStatus.Offered));
                await db.Commitments.Where(c => taken.Any(s => s.Id == c.Id)).ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.StartsAt, shift.StartsAt).SetProperty(c => c.EndsAt, shift.EndsAt).SetProperty(c => c.TimeZone, shift.TimeZone), cancellationToken);
            }

            foreach (var shift in moved)
            {
                await TakeOffersBack(shift, cancellationToken);
                var confirmed = await db.SignUps.Where(s => s.ShiftId == shift.Id && s.Status == SignUpStatus.Confirmed).Select(s => s.Id).ToListAsync(cancellationToken);
                await swaps.EndThoseOf(confirmed, cancellationToken, SwapStatus.Declined);
                outbox.Publish(new ShiftMoved(shift.Id, shift.SessionId, shift.ChapterId, shift.StartsAt, shift.EndsAt, shift.SessionRevision));
            }

            foreach (var shift in moved)
            {
                await waitlist.OfferFreePlaces(shift, cancellationToken);
            }

            return Done.Instance;
        }

        private async Task TakeOffersBack(Shift shift, CancellationToken cancellationToken)
        {
            var offered = db.SignUps.Where(s => s.ShiftId == shift.Id && s.Status == SignUpStatus.Offered);
            foreach (var place in await offered.Select(s => new { s.Id, s.VolunteerId, s.Experienced }).ToListAsync(cancellationToken))
            {
                shift.ReleasePlace(place.Experienced);
                await db.Commitments.Where(c => c.Id == place.Id).ExecuteDeleteAsync(cancellationToken);
                outbox.Publish(new VolunteerWaitlisted(place.Id, shift.Id, place.VolunteerId, shift.ChapterId));
            }

            await offered.ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Status, SignUpStatus.Waitlisted).SetProperty(s => s.OfferedUntil, (DateTimeOffset?)null).SetProperty(s => s.Version, s => s.Version + 1), cancellationToken);
        }
    }
}
