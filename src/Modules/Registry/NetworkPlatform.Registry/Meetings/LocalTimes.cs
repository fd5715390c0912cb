namespace NetworkPlatform.Registry.Meetings;

/// <summary>Local wall-clock times to instants.</summary>
internal static class LocalTimes
{
    // Longer than any offset from UTC (14 h) and than any gap there was (24 h), so that it lies on the other side of a change.
    private static readonly TimeSpan _aDay = TimeSpan.FromHours(24);

    /// <summary>
    /// The instant, in UTC (offset zero), at which a wall clock of the zone shows this date and time. RFC 5545, 3.3.5: a time
    /// that a spring change skips is read with the offset before the change, so it moves forward by the gap; a time that an
    /// autumn change repeats means its first, earlier instant. A session's end is this instant plus the elapsed duration,
    /// never the local end time, which a change in between would stretch or shrink. The zone is an IANA name.
    /// </summary>
    /// <exception cref="TimeZoneNotFoundException">The zone is not known: callers check it when it is entered.</exception>
    internal static DateTimeOffset ToInstant(DateOnly date, TimeOnly time, string timeZone)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        var local = date.ToDateTime(time, DateTimeKind.Utc);
        // Only the direction UTC to local is used: it is never ambiguous, and it also knows the changes that are no daylight
        // saving, such as a country that moves across the date line, which IsInvalidTime does not.
        var before = zone.GetUtcOffset(local - _aDay);
        var after = zone.GetUtcOffset(local + _aDay);
        var first = local - before;
        var second = local - after;
        var isBeforeTheChange = zone.GetUtcOffset(first) == before;
        var isAfterTheChange = zone.GetUtcOffset(second) == after;
        return new DateTimeOffset(isAfterTheChange && !isBeforeTheChange ? second : first);
    }
}
