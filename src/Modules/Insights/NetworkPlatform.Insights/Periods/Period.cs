using System.Globalization;

namespace NetworkPlatform.Insights.Periods;

/// <summary>What a report covers: from an instant up to, and without, another.</summary>
internal sealed record Period(DateTimeOffset From, DateTimeOffset To)
{
    private const int MaxYears = 5;

    private static readonly string[] Instants =
    [
        "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
        "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];

    /// <summary>
    /// Reads a request's <c>from</c> and <c>to</c>: dates, which begin in the calendar's zone, or instants with an offset. With neither it is the usual
    /// period; with one it is as long as the usual period. Fails with <see cref="Invalid"/> where one cannot be read, where nothing lies between
    /// them, or where more than five years do.
    /// </summary>
    internal static Result<Period> Read(string? from, string? to, UsualPeriod usual, LocalCalendar calendar)
    {
        if (!TryRead(from, calendar, out var start))
        {
            return Unreadable("from");
        }

        if (!TryRead(to, calendar, out var end))
        {
            return Unreadable("to");
        }

        var period = new Period(
            start ?? calendar.StartOf(end is null ? usual.From : calendar.DateOf(end.Value).AddDays(-usual.Days)),
            end ?? calendar.StartOf(start is null ? usual.To : calendar.DateOf(start.Value).AddDays(usual.Days)));
        if (period.From >= period.To)
        {
            return Invalid.Field("to", "Must be later than 'from'.");
        }

        return period.To > period.From.AddYears(MaxYears)
            ? Invalid.Field("to", $"Must be at most {MaxYears} years after 'from'.")
            : period;
    }

    private static bool TryRead(string? text, LocalCalendar calendar, out DateTimeOffset? instant)
    {
        instant = null;
        if (text is null)
        {
            return true;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            instant = ValidationRules.IsWithinCalendar(date.Year) ? calendar.StartOf(date) : null;
        }
        else if (DateTimeOffset.TryParseExact(text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact))
        {
            instant = ValidationRules.IsWithinCalendar(exact.Year) ? exact : null;
        }

        return instant is not null;
    }

    private static Invalid Unreadable(string field) => Invalid.Field(
        field,
        $"Must be a date such as '2026-05-04' or an instant such as '2026-05-04T18:00:00Z' ('+' of an offset written %2B), from {ValidationRules.FirstYear} to {ValidationRules.LastYear}.");
}

/// <summary>The days that a report covers where the request names none: from a day up to, and without, another.</summary>
internal sealed record UsualPeriod(DateOnly From, DateOnly To)
{
    internal int Days => To.DayNumber - From.DayNumber;

    /// <summary>Today and the rest of the given number of weeks.</summary>
    internal static UsualPeriod WeeksAhead(int weeks, DateOnly today) => new(today, today.AddDays(7 * weeks));

    /// <summary>The last months of the calendar, the current one up to today being one of them.</summary>
    internal static UsualPeriod MonthsBack(int months, DateOnly today) =>
        new(LocalCalendar.FirstOfMonth(today).AddMonths(1 - months), today.AddDays(1));
}
