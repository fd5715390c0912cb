using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.Rostering.Calendars;

/// <summary>A shift that somebody has, had or waits for, as their calendar needs to know it.</summary>
/// <param name="Changes">Grows with every change of it.</param>
/// <param name="Series">The standing sign-up that it came from, and the local date that it has in there; null for none.</param>
internal sealed record CalendarEntry(
    Guid SignUpId, int Changes, DateTimeOffset Stamp, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone, string Title, EventStatus Status, SeriesDate? Series)
{
    internal CalendarEvent AsEvent() => new($"{SignUpId}@networkplatform", Changes, Stamp, StartsAt, EndsAt, TimeZone, Title, Status);
}

/// <param name="Changes">Grows with every change of the standing sign-up.</param>
internal sealed record SeriesDate(Guid StandingId, DateOnly Date, TimeOnly StartTime, int EveryWeeks, int Changes);

/// <summary>
/// What a standing sign-up has taken, as one event that comes back every so many weeks at the same local time: from the first date taken to the last. Dates in between that were not taken are
/// left out; what moved, waits or was cancelled is told as an exception of its own, and so is what lies where the clock is changed, of which programs differ in what they make.
/// </summary>
internal static class CalendarSeries
{
    /// <param name="taken">All that the series has ever taken, one a date.</param>
    internal static IEnumerable<CalendarEvent> Of(IReadOnlyCollection<CalendarEntry> taken)
    {
        var dated = taken.OrderBy(e => e.Series!.Date).ToList();
        var (first, last, series) = (dated[0], dated[^1].Series!.Date, dated[0].Series!);
        var (zone, length) = (first.TimeZone, first.EndsAt - first.StartsAt);
        var clock = LocalClock.Zone(zone);
        var start = InstantOf(series.Date);

        // Nothing of it ever goes, so that the sum only grows.
        var changes = series.Changes + dated.Count - 1 + dated.Sum(e => e.Changes);
        var days = Enumerable.Range(0, (last.DayNumber - series.Date.DayNumber) / (7 * series.EveryWeeks) + 1).Select(n => series.Date.AddDays(7 * series.EveryWeeks * n)).ToList();
        var leftOut = days.Except(dated.Select(e => e.Series!.Date)).Select(Local).ToList();
        var whole = new CalendarEvent(
            $"{series.StandingId}@networkplatform", changes, dated.Max(e => e.Stamp), start, start + length, zone, first.Title, EventStatus.Confirmed,
            new Recurrence(Local(series.Date), series.EveryWeeks, days.Count, leftOut, InstantOf(last) + length));
        return dated.Where(e => !IsAsPlanned(e))
            .Select(e => whole with
            {
                Stamp = e.Stamp,
                StartsAt = e.StartsAt,
                EndsAt = e.EndsAt,
                TimeZone = e.TimeZone,
                Summary = e.Title,
                Status = e.Status,
                Recurs = null,
                InPlaceOf = (Local(e.Series!.Date), zone),
            })
            .Prepend(whole);

        bool IsAsPlanned(CalendarEntry entry) =>
            entry.Status == EventStatus.Confirmed && entry.StartsAt == InstantOf(entry.Series!.Date) && entry.EndsAt - entry.StartsAt == length
            && string.Equals(entry.TimeZone, zone, StringComparison.Ordinal) && string.Equals(entry.Title, first.Title, StringComparison.Ordinal)
            && !TimeZoneText.IsShownTwice(entry.StartsAt, clock) && !TimeZoneText.IsShownTwice(entry.EndsAt, clock) && clock.GetUtcOffset(entry.StartsAt) == clock.GetUtcOffset(entry.EndsAt);

        DateTime Local(DateOnly date) => date.ToDateTime(series.StartTime);

        DateTimeOffset InstantOf(DateOnly date) => LocalClock.Utc(LocalClock.InstantOf(clock, Local(date).Ticks));
    }
}
