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

    internal sealed class Handler(RosteringDbContext db, SwapEnding swaps, Waitlist waitlist, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
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
            if (session.WithMeeting && newer.Count > 0)
            {
                await MoveSeries(session, newer, cancellationToken);
            }

            foreach (var shift in newer)
            {
                shift.MeetingId ??= session.MeetingId;
                (shift.StartsAt, shift.EndsAt, shift.TimeZone, shift.SessionRevision) = (session.StartsAt, session.EndsAt, session.TimeZone ?? shift.TimeZone, session.Revision);
                var taken = db.SignUps.Where(s => s.ShiftId == shift.Id && (s.Status == SignUpStatus.Confirmed || s.Status == SignUpStatus.Offered));
                await db.Commitments.Where(c => taken.Any(s => s.Id == c.Id)).ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.StartsAt, shift.StartsAt).SetProperty(c => c.EndsAt, shift.EndsAt).SetProperty(c => c.TimeZone, shift.TimeZone), cancellationToken);
            }

            foreach (var shift in moved)
            {
                await TakeOffersBack(shift, cancellationToken);
                await BeginAnew(shift, cancellationToken);
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

        private async Task MoveSeries(SessionMoved session, List<Shift> shifts, CancellationToken cancellationToken)
        {
            var meeting = session.MeetingId ?? shifts[0].MeetingId;
            var (_, time) = StandingSignUp.LocalStart(session.StartsAt, session.TimeZone ?? shifts[0].TimeZone);
            var series = await db.SeriesOf(meeting, shifts, cancellationToken);
            await series.Where(s => s.StartTime != time).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.StartTime, time).SetProperty(s => s.MeetingId, s => s.MeetingId ?? meeting).SetProperty(s => s.Version, s => s.Version + 1), cancellationToken);
        }

        /// <summary>Of a shift that is yet to come, who was there before is not there yet, and who was excused or did not come may.</summary>
        private async Task BeginAnew(Shift shift, CancellationToken cancellationToken)
        {
            var opensAt = shift.StartsAt - CheckIn.Early;
            await db.SignUps.Where(s => s.ShiftId == shift.Id && s.Status == SignUpStatus.Confirmed && s.CheckedInAt < opensAt).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.CheckedInAt, (DateTimeOffset?)null).SetProperty(s => s.Version, s => s.Version + 1), cancellationToken);
            if (shift.StartsAt > clock.GetUtcNow())
            {
                await db.SignUps.Where(s => s.ShiftId == shift.Id && (s.Status == SignUpStatus.Excused || s.Status == SignUpStatus.NoShow)).ExecuteUpdateAsync(
                    set => set.SetProperty(s => s.Status, SignUpStatus.Cancelled).SetProperty(s => s.CancelReason, "The session was put off.").SetProperty(s => s.Version, s => s.Version + 1),
                    cancellationToken);
            }
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
