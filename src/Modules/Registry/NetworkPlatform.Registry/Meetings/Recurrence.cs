using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace NetworkPlatform.Registry.Meetings;

internal enum RecurrenceFrequency
{
    Daily,
    Weekly,
    Monthly,
}

/// <summary>A weekday of BYDAY; with an ordinal, the nth of its month (1 the first, -1 the last).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecurrenceDay(int? Ordinal, DayOfWeek Day);

/// <summary>
/// When a meeting recurs: the part of RFC 5545's RRULE that meetings need, which is FREQ (DAILY, WEEKLY, MONTHLY), INTERVAL,
/// BYDAY (with ordinals for MONTHLY), BYMONTHDAY, BYSETPOS (MONTHLY), COUNT, UNTIL and WKST. It knows local dates only; time
/// and zone are the meeting's.
/// </summary>
internal sealed class Recurrence
{
    internal required RecurrenceFrequency Frequency { get; init; }

    /// <summary>Every how many days, weeks or months; counted from the period of the first date.</summary>
    internal int Interval { get; init; } = 1;

    internal IReadOnlyList<RecurrenceDay> Days { get; init; } = [];

    /// <summary>1 to 31, or -1 (the month's last day) to -31.</summary>
    internal IReadOnlyList<int> MonthDays { get; init; } = [];

    /// <summary>Which of a month's dates: 1 the first, -1 the last.</summary>
    internal IReadOnlyList<int> Positions { get; init; } = [];

    internal int? Count { get; init; }

    /// <summary>The last date, included. From an UNTIL in UTC it is that instant's date in UTC: see <see cref="EndingIn"/>.</summary>
    internal DateOnly? LastDate { get; init; }

    /// <summary>UNTIL where it was given as a UTC date-time.</summary>
    internal DateTimeOffset? LastInstant { get; init; }

    internal DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    /// <summary>
    /// Reads a rule, with or without a leading "RRULE:", in either case. The problem says what was wrong, naming the part, such
    /// as "BYSETPOS is only supported with FREQ=MONTHLY".
    /// </summary>
    internal static bool TryParse(
        string? rrule, [NotNullWhen(true)] out Recurrence? recurrence, [NotNullWhen(false)] out string? problem)
    {
        recurrence = new RecurrenceText(rrule ?? "").Read(out problem);
        return recurrence is not null;
    }

    /// <summary>Every week on these days, of which there must be at least one; without an end.</summary>
    internal static Recurrence Weekly(IEnumerable<DayOfWeek> days)
    {
        RecurrenceDay[] distinct = [.. days.Distinct().Order().Select(day => new RecurrenceDay(null, day))];
        return distinct.Length == 0
            ? throw new ArgumentException("A weekly recurrence needs a day.", nameof(days))
            : new Recurrence { Frequency = RecurrenceFrequency.Weekly, Days = distinct };
    }

    /// <summary>
    /// The canonical text, without "RRULE:": parts in one order, lists sorted and distinct, defaults left out. Two rules that
    /// mean the same by their parts have the same text.
    /// </summary>
    internal string ToRule() => RecurrenceText.Write(this);

    public override string ToString() => ToRule();

    /// <summary>
    /// The same rule for meetings at this local time of this zone. Only an UNTIL in UTC changes: its last date becomes the last
    /// local date whose session starts at or before that instant, which may be the day before or after its date in UTC.
    /// </summary>
    internal Recurrence EndingIn(string timeZone, TimeOnly time)
    {
        // At the calendar's own ends there is no day before or after to look at, nor does one matter.
        if (LastInstant is not { Year: > 1 and < 9999 } end)
        {
            return this;
        }

        var date = DateOnly.FromDateTime(end.UtcDateTime).AddDays(1);
        while (LocalTimes.ToInstant(date, time, timeZone) > end)
        {
            date = date.AddDays(-1);
        }

        return new Recurrence
        {
            Frequency = Frequency,
            Interval = Interval,
            Days = Days,
            MonthDays = MonthDays,
            Positions = Positions,
            LastDate = date,
            WeekStart = WeekStart,
        };
    }

    /// <summary>
    /// The local dates on which it occurs in [from, to], both included, in order. <paramref name="startsOn"/> is DTSTART:
    /// nothing occurs before it, COUNT and INTERVAL count from it, and it gives the weekday or the day of the month that the
    /// rule leaves out. If it does not match the rule itself, it is not an occurrence and COUNT does not count it (RFC 5545
    /// leaves that case undefined). Months without such a day are skipped. Without COUNT, the cost does not depend on how long
    /// ago it started.
    /// </summary>
    internal IEnumerable<DateOnly> Occurrences(DateOnly startsOn, DateOnly from, DateOnly to)
    {
        var last = LastDate is { } end && end < to ? end : to;
        var first = Count is null && from > startsOn ? from : startsOn;
        var counted = 0;
        foreach (var day in Matching(startsOn, first.DayNumber, last))
        {
            if (day >= from.DayNumber)
            {
                yield return DateOnly.FromDayNumber(day);
            }

            counted++;
            if (counted == Count)
            {
                yield break;
            }
        }
    }

    private IEnumerable<int> Matching(DateOnly startsOn, int first, DateOnly last) => Frequency switch
    {
        RecurrenceFrequency.Daily => Daily(startsOn, first, last.DayNumber),
        RecurrenceFrequency.Weekly => InWeeks(startsOn, first, last.DayNumber),
        _ => InMonths(startsOn, first, last),
    };

    private IEnumerable<int> Daily(DateOnly startsOn, int first, int last)
    {
        var wait = (startsOn.DayNumber - first) % Interval;
        for (var day = first + (wait < 0 ? wait + Interval : wait); day <= last; day += Interval)
        {
            var date = DateOnly.FromDayNumber(day);
            if ((Days.Count == 0 || IsOnADay(date)) && (MonthDays.Count == 0 || IsOnAMonthDay(date)))
            {
                yield return day;
            }
        }
    }

    private IEnumerable<int> InWeeks(DateOnly startsOn, int first, int last)
    {
        int[] offsets = Days.Count == 0
            ? [DaysIntoTheWeek(startsOn.DayOfWeek)]
            : [.. Days.Select(day => DaysIntoTheWeek(day.Day)).Order()];
        var firstWeek = startsOn.DayNumber - DaysIntoTheWeek(startsOn.DayOfWeek);
        var step = 7 * Interval;
        for (var week = firstWeek + ((first - firstWeek) / step * step); week <= last; week += step)
        {
            foreach (var day in offsets.Select(offset => week + offset).Where(day => day >= first && day <= last))
            {
                yield return day;
            }
        }
    }

    private IEnumerable<int> InMonths(DateOnly startsOn, int first, DateOnly last)
    {
        var firstMonth = MonthNumber(startsOn);
        var month = firstMonth + ((MonthNumber(DateOnly.FromDayNumber(first)) - firstMonth) / Interval * Interval);
        for (; month <= MonthNumber(last); month += Interval)
        {
            foreach (var day in Positioned(DatesOf(month, startsOn.Day)).Where(day => day >= first && day <= last.DayNumber))
            {
                yield return day;
            }
        }
    }

    private List<int> DatesOf(int month, int dayOfStart)
    {
        var firstDate = new DateOnly(month / 12, (month % 12) + 1, 1);
        var dates = new List<int>();
        for (var day = 0; day < DateTime.DaysInMonth(firstDate.Year, firstDate.Month); day++)
        {
            var date = firstDate.AddDays(day);
            var matches = Days.Count == 0 && MonthDays.Count == 0
                ? date.Day == dayOfStart
                : (Days.Count == 0 || IsOnADay(date)) && (MonthDays.Count == 0 || IsOnAMonthDay(date));
            if (matches)
            {
                dates.Add(date.DayNumber);
            }
        }

        return dates;
    }

    private IEnumerable<int> Positioned(List<int> dates) => Positions.Count == 0
        ? dates
        : Positions.Select(position => position > 0 ? position - 1 : dates.Count + position)
            .Where(index => index >= 0 && index < dates.Count).Distinct().Order().Select(index => dates[index]);

    private bool IsOnADay(DateOnly date) => Days.Any(day => day.Day == date.DayOfWeek && (day.Ordinal is not { } ordinal
        || (ordinal > 0 ? ((date.Day - 1) / 7) + 1 == ordinal : (DaysToTheEnd(date) / 7) + 1 == -ordinal)));

    private bool IsOnAMonthDay(DateOnly date) =>
        MonthDays.Any(day => day > 0 ? day == date.Day : -day == DaysToTheEnd(date) + 1);

    private int DaysIntoTheWeek(DayOfWeek day) => (day - WeekStart + 7) % 7;

    private static int DaysToTheEnd(DateOnly date) => DateTime.DaysInMonth(date.Year, date.Month) - date.Day;

    private static int MonthNumber(DateOnly date) => (date.Year * 12) + date.Month - 1;
}
