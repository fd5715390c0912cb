using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace NetworkPlatform.UnitTests.Registry.Meetings;

/// <summary>Expansions against a checker that looks at every day by itself, in other words than the code under test.</summary>
public sealed class RecurrencePropertyTests
{
    private static readonly string[] _names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    private static readonly DateOnly _epoch = new(2024, 1, 1);

    private static readonly Gen<int[]> _someWeekdays = Gen.SubListOf(Enumerable.Range(0, 7).ToArray()).Select(days => days.ToArray());
    private static readonly Gen<DateOnly> _starts = Gen.Choose(0, 800).Select(day => _epoch.AddDays(day));

    private static readonly Gen<string> _ends = Gen.OneOf(
        Gen.Constant(""),
        Gen.Choose(1, 30).Select(count => $";COUNT={count}"),
        Gen.Choose(0, 1200).Select(day => ";UNTIL=" + _epoch.AddDays(day).ToString("yyyyMMdd", CultureInfo.InvariantCulture)));

    private static readonly Gen<string> _weekly =
        from days in _someWeekdays
        from interval in Gen.Choose(1, 5)
        from weekStart in Gen.Elements(_names)
        select $"FREQ=WEEKLY;INTERVAL={interval};WKST={weekStart}" + ByDay(days.Select(day => _names[day]));

    private static readonly Gen<string> _daily =
        from days in _someWeekdays
        from interval in Gen.Choose(1, 40)
        select $"FREQ=DAILY;INTERVAL={interval}" + ByDay(days.Select(day => _names[day]));

    private static readonly Gen<string> _monthly =
        from days in Gen.ListOf(
            from ordinal in Gen.Elements("", "1", "2", "3", "4", "5", "-1", "-2", "-5")
            from day in Gen.Elements(_names)
            select ordinal + day,
            3)
        from count in Gen.Choose(0, 3)
        from monthDays in Gen.SubListOf(1, 2, 13, 15, 28, 29, 30, 31, -1, -2, -30, -31)
        from positions in Gen.SubListOf(1, 2, 5, -1, -3)
        from interval in Gen.Choose(1, 14)
        let byDay = ByDay(days.Take(count))
        let byMonthDay = monthDays.Count == 0 ? "" : $";BYMONTHDAY={string.Join(',', monthDays.Select(Text))}"
        let bySetPos = positions.Count == 0 || byDay.Length + byMonthDay.Length == 0
            ? ""
            : $";BYSETPOS={string.Join(',', positions.Select(Text))}"
        select $"FREQ=MONTHLY;INTERVAL={interval}{byDay}{byMonthDay}{bySetPos}";

    private static readonly Gen<Case> _cases =
        from rule in Gen.OneOf(_daily, _weekly, _monthly)
        from end in _ends
        from startsOn in _starts
        from offset in Gen.Choose(-100, 600)
        from length in Gen.Choose(0, 400)
        select new Case(rule + end, startsOn, startsOn.AddDays(offset), startsOn.AddDays(offset + length));

    [Fact]
    public void Occurs_where_a_look_at_every_day_says_so() => Check(test =>
        RecurrenceTests.Rule(test.Rule).Occurrences(test.StartsOn, test.From, test.To).ShouldBe(DayByDay(test), test.ToString()));

    [Fact]
    public void The_canonical_text_means_the_same() => Check(test =>
    {
        var rule = RecurrenceTests.Rule(test.Rule);
        var again = RecurrenceTests.Rule(rule.ToRule());
        again.ToRule().ShouldBe(rule.ToRule());
        again.Occurrences(test.StartsOn, test.From, test.To).ShouldBe(rule.Occurrences(test.StartsOn, test.From, test.To), test.ToString());
    });

    private static void Check(Action<Case> body) =>
        Prop.ForAll(Arb.From(_cases), body).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    private static string ByDay(IEnumerable<string> days) => days.Any() ? $";BYDAY={string.Join(',', days)}" : "";

    private static List<DateOnly> DayByDay(Case test)
    {
        var parts = test.Rule.Split(';').Select(part => part.Split('='))
            .ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        var found = new List<DateOnly>();
        for (var date = test.StartsOn; date <= test.To; date = date.AddDays(1))
        {
            var isOver = parts.TryGetValue("UNTIL", out var until)
                && date > DateOnly.ParseExact(until, "yyyyMMdd", CultureInfo.InvariantCulture);
            var isEnough = parts.TryGetValue("COUNT", out var count) && found.Count == int.Parse(count, CultureInfo.InvariantCulture);
            if (isOver || isEnough)
            {
                break;
            }

            if (IsOn(parts, test.StartsOn, date))
            {
                found.Add(date);
            }
        }

        return [.. found.Where(date => date >= test.From)];
    }

    private static bool IsOn(Dictionary<string, string> parts, DateOnly startsOn, DateOnly date)
    {
        var interval = int.Parse(parts["INTERVAL"], CultureInfo.InvariantCulture);
        switch (parts["FREQ"])
        {
            case "DAILY":
                return (date.DayNumber - startsOn.DayNumber) % interval == 0
                    && (!parts.TryGetValue("BYDAY", out var days) || Has(days, Name(date)));
            case "WEEKLY":
                var weeks = (WeekOf(date, parts["WKST"]).DayNumber - WeekOf(startsOn, parts["WKST"]).DayNumber) / 7;
                return weeks % interval == 0 && Has(parts.GetValueOrDefault("BYDAY", Name(startsOn)), Name(date));
            default:
                var months = ((date.Year - startsOn.Year) * 12) + date.Month - startsOn.Month;
                return months % interval == 0 && DatesOfItsMonth(parts, startsOn, date).Contains(date);
        }
    }

    private static List<DateOnly> DatesOfItsMonth(Dictionary<string, string> parts, DateOnly startsOn, DateOnly date)
    {
        var month = Enumerable.Range(1, DateTime.DaysInMonth(date.Year, date.Month))
            .Select(day => new DateOnly(date.Year, date.Month, day)).ToList();
        var byDay = parts.GetValueOrDefault("BYDAY");
        var byMonthDay = parts.GetValueOrDefault("BYMONTHDAY") ?? (byDay is null ? Text(startsOn.Day) : null);
        var dates = month.Where((day, index) =>
        {
            var sameDays = month.Where(other => other.DayOfWeek == day.DayOfWeek).ToList();
            var nth = sameDays.IndexOf(day);
            return (byDay is null || Has(byDay, Name(day)) || Has(byDay, Text(nth + 1) + Name(day))
                    || Has(byDay, Text(nth - sameDays.Count) + Name(day)))
                && (byMonthDay is null || Has(byMonthDay, Text(index + 1)) || Has(byMonthDay, Text(index - month.Count)));
        }).ToList();
        return parts.TryGetValue("BYSETPOS", out var positions)
            ? [.. dates.Where((_, index) => Has(positions, Text(index + 1)) || Has(positions, Text(index - dates.Count)))]
            : dates;
    }

    private static DateOnly WeekOf(DateOnly date, string weekStart)
    {
        while (!Name(date).Equals(weekStart, StringComparison.Ordinal))
        {
            date = date.AddDays(-1);
        }

        return date;
    }

    private static bool Has(string list, string value) => list.Split(',').Contains(value, StringComparer.Ordinal);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Name(DateOnly date) => $"{date.DayOfWeek}"[..2].ToUpperInvariant();

    private sealed record Case(string Rule, DateOnly StartsOn, DateOnly From, DateOnly To);
}
