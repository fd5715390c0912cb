namespace NetworkPlatform.Insights.Periods;

/// <summary>Days and months as the clocks of one time zone have them.</summary>
internal sealed class LocalCalendar(TimeZoneInfo zone)
{
    /// <summary>Of the tenant's own zone.</summary>
    internal static LocalCalendar Of(TenantInfo tenant) => new(TimeZoneInfo.FindSystemTimeZoneById(tenant.TimeZone));

    internal DateOnly DateOf(DateTimeOffset instant) => instant.DateIn(zone);

    /// <summary>The first day of the month.</summary>
    internal DateOnly MonthOf(DateTimeOffset instant) => FirstOfMonth(DateOf(instant));

    /// <summary>The instant at which the day begins, in the zone's offset; where the zone skips midnight or the whole day, the moment of that change.</summary>
    internal DateTimeOffset StartOf(DateOnly date)
    {
        // A day away in either direction lies on the other side of any change at midnight: one of the two offsets is right.
        var midnight = date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var instants = from offset in (TimeSpan[])[zone.GetUtcOffset(midnight.AddDays(-1)), zone.GetUtcOffset(midnight.AddDays(1))]
                       let instant = new DateTimeOffset(midnight - offset)
                       where DateOf(instant) >= date
                       select instant;
        return TimeZoneInfo.ConvertTime(instants.Min(), zone);
    }

    /// <summary>The first day that begins at or after the instant.</summary>
    internal DateOnly FirstDayFrom(DateTimeOffset instant)
    {
        var date = DateOf(instant);
        return StartOf(date) >= instant ? date : date.AddDays(1);
    }

    internal static DateOnly FirstOfMonth(DateOnly date) => new(date.Year, date.Month, 1);
}
