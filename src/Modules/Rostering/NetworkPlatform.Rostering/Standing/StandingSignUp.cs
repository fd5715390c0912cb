using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Shifts;

namespace NetworkPlatform.Rostering.Standing;

/// <summary>
/// A volunteer takes a series: every shift of a group in one role that starts at the same local time on the same weekday, every week or every so many. Local times are those of
/// each shift's own zone, so that a change of the clocks changes nothing.
/// </summary>
[AboutPerson(nameof(VolunteerId))]
internal sealed class StandingSignUp : Entity, IOfChapter
{
    public required Guid VolunteerId { get; init; }

    /// <summary>The first shift's: at whose new time the series goes on, and in whose new group. Null for one from before meetings were told, until its meeting changes.</summary>
    public Guid? MeetingId { get; init; }

    public required Guid GroupId { get; init; }

    public required Guid ChapterId { get; init; }

    public required ShiftRole Role { get; init; }

    /// <summary>Local date of the first shift; it decides on the weekday, and on which weeks count.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Local time.</summary>
    public required TimeOnly StartTime { get; init; }

    public required int EveryWeeks { get; init; }

    /// <summary>The last local date; null for no end.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>Local dates left out, such as holidays.</summary>
    public required Dates Except { get; set; }

    internal static (DateOnly Date, TimeOnly Time) LocalStart(Shift shift) => LocalStart(shift.StartsAt, shift.TimeZone);

    internal static (DateOnly Date, TimeOnly Time) LocalStart(DateTimeOffset startsAt, string timeZone)
    {
        var local = TimeZoneInfo.ConvertTime(startsAt, LocalClock.Zone(timeZone)).DateTime;
        return (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }

    internal bool Covers(Shift shift)
    {
        var (date, time) = LocalStart(shift);
        return shift.GroupId == GroupId && shift.Role == Role && time == StartTime && IsOn(date);
    }

    internal bool IsOn(DateOnly date)
    {
        var days = date.DayNumber - From.DayNumber;
        return days >= 0 && days % (7 * EveryWeeks) == 0 && !(date > Until) && !Except.All.Contains(date);
    }
}

internal static class StandingSignUpQueries
{
    /// <summary>The series that a shift belongs to, the one that was taken first ahead.</summary>
    internal static async Task<List<StandingSignUp>> SeriesOf(this RosteringDbContext db, Shift shift, CancellationToken cancellationToken) =>
        (await db.StandingSignUps.AsNoTracking().Where(s => s.GroupId == shift.GroupId && s.Role == shift.Role).OrderBy(s => s.Id).ToListAsync(cancellationToken)).FindAll(s => s.Covers(shift));

    /// <summary>
    /// The series that go with a meeting, in whichever roles and whether or not they have an open shift. One from before meetings were told belongs to the meeting at whose shifts' time it is: ask before
    /// those are changed.
    /// </summary>
    internal static async Task<IQueryable<StandingSignUp>> SeriesOf(this RosteringDbContext db, Guid? meetingId, IReadOnlyList<Shift> shifts, CancellationToken cancellationToken)
    {
        List<Guid> untold = [];
        foreach (var shift in shifts)
        {
            untold.AddRange((await db.SeriesOf(shift, cancellationToken)).Where(s => s.MeetingId is null).Select(s => s.Id));
        }

        return db.StandingSignUps.Where(s => (s.MeetingId != null && s.MeetingId == meetingId) || untold.Contains(s.Id));
    }

    /// <summary>Open shifts among which those of the series are.</summary>
    internal static IQueryable<Shift> OpenFor(this IQueryable<Shift> shifts, StandingSignUp standing, DateTimeOffset now) =>
        shifts.Where(s => s.GroupId == standing.GroupId && s.Role == standing.Role && s.EndsAt > now && s.Status == ShiftStatus.Open);
}

/// <summary>Local dates, kept as a whole.</summary>
internal sealed record Dates(IReadOnlyList<DateOnly> All);

internal sealed record StandingSignUpNotFound() : NotFound("There is no such standing sign-up.");

internal sealed record SeriesAlreadyTaken(Guid StandingId) : Conflict("The volunteer has taken this series already.");

internal sealed record ShiftHasNoSeries() : RuleBroken("A shift that stands alone belongs to no series.");
