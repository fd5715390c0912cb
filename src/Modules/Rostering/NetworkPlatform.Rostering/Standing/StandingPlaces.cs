using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Rostering.Standing;

/// <summary>Signs volunteers up for the shifts of the series that they have taken, each held against the limits like any other.</summary>
internal sealed class StandingPlaces(RosteringDbContext db, DutiesElsewhere elsewhere, PolicySets policies, ITenancyQueries tenancy, Outbox outbox, TimeProvider clock)
{
    /// <summary>For a shift that is only being opened: who took the series first comes first.</summary>
    internal async Task Give(Shift opened, CancellationToken cancellationToken)
    {
        var standing = await db.SeriesOf(opened, cancellationToken);
        if (standing.Count == 0)
        {
            return;
        }

        var ids = standing.ConvertAll(s => s.VolunteerId);
        db.LockPeople(ids);

        // Who ends a series or leaves holds the person's lock: what ended before it was ours takes nothing, and who comes after finds what was taken.
        standing = (await db.SeriesOf(opened, cancellationToken)).FindAll(s => ids.Contains(s.VolunteerId));
        var here = await db.Candidates(db.Volunteers.Where(v => ids.Contains(v.Id)), opened.StartsAt).ToListAsync(cancellationToken);
        var candidates = (await elsewhere.AddToDecide(here, opened.StartsAt, cancellationToken)).ToDictionary(c => c.VolunteerId);
        var set = await policies.Newest(cancellationToken);
        var holiday = (await HolidaysOf(opened.ChapterId, [opened], cancellationToken)).GetValueOrDefault(opened.Id);
        foreach (var one in standing.DistinctBy(s => s.VolunteerId))
        {
            if ((holiday ?? Take(one, opened, candidates[one.VolunteerId], set)) is { } refusal)
            {
                outbox.Publish(new StandingSignUpSkipped(one.Id, opened.Id, one.VolunteerId, opened.ChapterId, Error.NameOf(refusal.GetType())));
            }
        }
    }

    /// <summary>For shifts that are open already, in the order of their start. The caller holds their locks and the person's.</summary>
    internal async Task<IReadOnlyList<(Shift Shift, SignUp? SignUp, Error? Refusal)>> Give(StandingSignUp standing, IReadOnlyList<Shift> shifts, CancellationToken cancellationToken)
    {
        if (shifts.Count == 0)
        {
            return [];
        }

        var ids = shifts.Select(s => s.Id).ToList();
        var taken = await db.SignUps.AsNoTracking().Where(s => s.VolunteerId == standing.VolunteerId && ids.Contains(s.ShiftId) && s.Status != SignUpStatus.Cancelled)
            .ToDictionaryAsync(s => s.ShiftId, cancellationToken);
        var here = await db.Candidates(db.Volunteers.Where(v => v.Id == standing.VolunteerId), shifts[0].StartsAt).SingleAsync(cancellationToken);
        var candidate = await elsewhere.AddToDecide(here, shifts[0].StartsAt, cancellationToken);
        var set = await policies.Newest(cancellationToken);
        var holidays = await HolidaysOf(standing.ChapterId, shifts, cancellationToken);
        List<(Shift, SignUp?, Error?)> given = [];
        foreach (var shift in shifts)
        {
            var refusal = taken.TryGetValue(shift.Id, out var mine) ? new AlreadySignedUp(mine.Id)
                : holidays.GetValueOrDefault(shift.Id) ?? shift.OutsideWindow(clock.GetUtcNow()) as SignUpClosed ?? Take(standing, shift, candidate, set);
            given.Add((shift, refusal is null ? db.AddedLast.OfType<SignUp>().Single(s => s.ShiftId == shift.Id && s.StandingId == standing.Id) : null, refusal));
        }

        return given;
    }

    /// <summary>What stands in the way of shifts on whose date the chapter does not meet, by the shift's id.</summary>
    private async Task<Dictionary<Guid, Error>> HolidaysOf(Guid chapterId, IReadOnlyList<Shift> shifts, CancellationToken cancellationToken)
    {
        var named = await db.ChapterHolidays.AsNoTracking().Where(h => h.ChapterId == chapterId).ToDictionaryAsync(h => h.Date, cancellationToken);
        if (named.Count == 0 || (await tenancy.GetChapters([chapterId], cancellationToken)) is not [var chapter])
        {
            return [];
        }

        var zone = LocalClock.Zone(chapter.TimeZone);
        return shifts.Select(s => (s.Id, Holiday: named.GetValueOrDefault(s.StartsAt.DateIn(zone))))
            .Where(s => s.Holiday is not null).ToDictionary(s => s.Id, s => (Error)new ChapterDoesNotMeet(s.Holiday!.Date, s.Holiday.Name));
    }

    private Error? Take(StandingSignUp standing, Shift shift, Candidate candidate, PolicySet set)
    {
        var (refusal, decision) = Eligibility.Of(shift, candidate, set.For(shift.ChapterId), clock.GetUtcNow());
        if (refusal is null)
        {
            db.Take(outbox, SignUp.For(shift, candidate, clock.GetUtcNow(), set.Version, standing), shift, candidate, decision);
        }

        return refusal;
    }
}
