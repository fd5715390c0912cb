using System.Globalization;
using System.Text;

namespace NetworkPlatform.Registry.Meetings;

/// <summary>Reads and writes the RRULE text of a <see cref="Recurrence"/> (RFC 5545, 3.3.10).</summary>
internal sealed class RecurrenceText
{
    private const int LongestRule = 500;
    private const string Supported = "FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYSETPOS, COUNT, UNTIL and WKST";
    private const string DateFormat = "yyyyMMdd";
    private const string InstantFormat = "yyyyMMdd'T'HHmmss'Z'";

    private static readonly string[] _names = ["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "COUNT", "UNTIL", "WKST"];
    private static readonly string[] _days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);
    private string? _problem;

    internal RecurrenceText(string rule)
    {
        var text = rule.Trim().ToUpperInvariant();
        if (text.Length > LongestRule)
        {
            Refuse($"the rule is longer than {LongestRule} characters");
            return;
        }

        if (text.StartsWith("RRULE:", StringComparison.Ordinal))
        {
            text = text["RRULE:".Length..];
        }

        foreach (var part in text.Length == 0 ? [] : text.Split(';'))
        {
            AddPart(part);
        }
    }

    /// <summary>The rule, or null and the first problem.</summary>
    internal Recurrence? Read(out string? problem)
    {
        var frequency = Frequency();
        var isMonthly = frequency == RecurrenceFrequency.Monthly;
        var recurrence = new Recurrence
        {
            Frequency = frequency,
            Interval = Number("INTERVAL", 999) ?? 1,
            Days = [.. DaysOf("BYDAY").Distinct().OrderBy(Rank)],
            MonthDays = [.. Numbers("BYMONTHDAY", 31).Distinct().OrderBy(Rank)],
            Positions = [.. Numbers("BYSETPOS", 31).Distinct().OrderBy(Rank)],
            Count = Number("COUNT", 9999),
            LastDate = Until(out var instant),
            LastInstant = instant,
            WeekStart = _parts.ContainsKey("WKST") ? WeekStart() : DayOfWeek.Monday,
        };
        RefuseIf(!isMonthly && recurrence.Days.Any(day => day.Ordinal is not null), "BYDAY with an ordinal needs FREQ=MONTHLY");
        RefuseIf(frequency == RecurrenceFrequency.Weekly && recurrence.MonthDays.Count > 0, "BYMONTHDAY cannot be used with FREQ=WEEKLY");
        RefuseIf(!isMonthly && recurrence.Positions.Count > 0, "BYSETPOS is only supported with FREQ=MONTHLY");
        RefuseIf(
            recurrence is { Positions.Count: > 0, Days.Count: 0, MonthDays.Count: 0 }, "BYSETPOS needs BYDAY or BYMONTHDAY beside it");
        RefuseIf(recurrence is { Count: not null, LastDate: not null }, "COUNT and UNTIL cannot be used together");
        problem = _problem;
        return _problem is null ? recurrence : null;
    }

    internal static string Write(Recurrence rule)
    {
        var text = new StringBuilder("FREQ=").Append(rule.Frequency.ToString().ToUpperInvariant());
        Append("INTERVAL", rule.Interval == 1 ? "" : Text(rule.Interval));
        Append("BYDAY", string.Join(',', rule.Days.OrderBy(Rank).Select(day =>
            (day.Ordinal is { } ordinal ? Text(ordinal) : "") + _days[(int)day.Day])));
        Append("BYMONTHDAY", string.Join(',', rule.MonthDays.Select(Text)));
        Append("BYSETPOS", string.Join(',', rule.Positions.Select(Text)));
        Append("COUNT", rule.Count is { } count ? Text(count) : "");
        Append("UNTIL", rule.LastInstant?.ToString(InstantFormat, CultureInfo.InvariantCulture)
            ?? rule.LastDate?.ToString(DateFormat, CultureInfo.InvariantCulture) ?? "");
        // Where the week starts changes nothing but which weeks an interval skips.
        var isFelt = rule is { Frequency: RecurrenceFrequency.Weekly, Interval: > 1, WeekStart: not DayOfWeek.Monday };
        Append("WKST", isFelt ? _days[(int)rule.WeekStart] : "");
        return text.ToString();

        void Append(string name, string value) => _ = value.Length == 0 ? text : text.Append(';').Append(name).Append('=').Append(value);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Rank(int number) => number > 0 ? number : 1000 + number;

    private static int Rank(RecurrenceDay day) =>
        (day.Ordinal is { } ordinal ? Rank(ordinal) * 7 : 0) + ((int)day.Day + 6) % 7;

    private void AddPart(string part)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? part : part[..equals];
        if (!_names.Contains(name, StringComparer.Ordinal))
        {
            Refuse($"{(name.Length is 0 or > 20 ? "a part" : name)} is not supported; supported are {Supported}");
        }
        else if (equals < 0 || equals == part.Length - 1)
        {
            Refuse($"{name} has no value");
        }
        else if (!_parts.TryAdd(name, part[(equals + 1)..]))
        {
            Refuse($"{name} is given twice");
        }
    }

    private RecurrenceFrequency Frequency()
    {
        switch (_parts.GetValueOrDefault("FREQ"))
        {
            case "DAILY":
                return RecurrenceFrequency.Daily;
            case "WEEKLY":
                return RecurrenceFrequency.Weekly;
            case "MONTHLY":
                return RecurrenceFrequency.Monthly;
            case null:
                return Refuse<RecurrenceFrequency>("FREQ is missing; it is DAILY, WEEKLY or MONTHLY");
            default:
                return Refuse<RecurrenceFrequency>("FREQ must be DAILY, WEEKLY or MONTHLY");
        }
    }

    private int? Number(string name, int most)
    {
        if (!_parts.TryGetValue(name, out var value))
        {
            return null;
        }

        var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return isNumber && number >= 1 && number <= most ? number : Refuse<int>($"{name} must be a whole number from 1 to {most}");
    }

    private List<int> Numbers(string name, int most) => [.. Values(name).Select(value =>
        TryReadSigned(value, most, out var number) ? number : Refuse<int>($"{name} must list numbers from 1 to {most} or -1 to -{most}"))];

    private List<RecurrenceDay> DaysOf(string name) => [.. Values(name).Select(value =>
    {
        var day = Array.IndexOf(_days, value.Length < 2 ? "" : value[^2..]);
        var ordinal = 0;
        return day >= 0 && (value.Length == 2 || TryReadSigned(value[..^2], 5, out ordinal))
            ? new RecurrenceDay(ordinal == 0 ? null : ordinal, (DayOfWeek)day)
            : Refuse<RecurrenceDay>($"{name} must list days such as MO, or for months 1MO (the first) or -1FR (the last), up to 5");
    })];

    private DayOfWeek WeekStart()
    {
        var day = Array.IndexOf(_days, _parts["WKST"]);
        return day >= 0 ? (DayOfWeek)day : Refuse<DayOfWeek>("WKST must be one day, such as MO or SU");
    }

    private DateOnly? Until(out DateTimeOffset? instant)
    {
        instant = null;
        if (!_parts.TryGetValue("UNTIL", out var value))
        {
            return null;
        }

        if (DateOnly.TryParseExact(value, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        if (DateTimeOffset.TryParseExact(
            value, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end))
        {
            instant = end;
            return DateOnly.FromDateTime(end.UtcDateTime);
        }

        return Refuse<DateOnly>("UNTIL must be a date (20301231) or a date and time in UTC (20301231T235959Z)");
    }

    private string[] Values(string name) => _parts.TryGetValue(name, out var value) ? value.Split(',') : [];

    private static bool TryReadSigned(string value, int most, out int number) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
        && number != 0 && number >= -most && number <= most;

    private void Refuse(string problem) => _problem ??= problem;

    private void RefuseIf(bool isWrong, string problem)
    {
        if (isWrong)
        {
            Refuse(problem);
        }
    }

    private T Refuse<T>(string problem)
        where T : struct
    {
        Refuse(problem);
        return default;
    }
}
