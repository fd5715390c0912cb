using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Rostering.Availability;

namespace NetworkPlatform.UnitTests.Rostering.Availability;

/// <summary>Free time against a clock that is asked every quarter of an hour, over both changes of the year.</summary>
public sealed class AvailabilityPropertyTests
{
    private static readonly string[] _zones = ["Europe/London", "America/New_York", "Asia/Jerusalem", "Australia/Lord_Howe", "Etc/UTC", "Asia/Kathmandu"];
    private static readonly DateOnly[] _weeks = [new(2026, 3, 7), new(2026, 3, 27), new(2026, 4, 3), new(2026, 10, 2), new(2026, 10, 23), new(2026, 10, 31), new(2026, 7, 1)];

    private static readonly Gen<HoursOfDay> _hours =
        from start in Gen.Choose(0, 95)
        from length in Gen.Choose(1, 96 - start)
        select new HoursOfDay(TimeOnly.MinValue.AddMinutes(15 * start), TimeOnly.MinValue.AddMinutes(15 * (start + length) % (24 * 60)));

    private static readonly Gen<(string Zone, DateOnly From, AvailabilityPattern Pattern)> _cases =
        from zone in Gen.Elements(_zones)
        from start in Gen.Elements(_weeks)
        from weekly in (from day in Gen.Choose(0, 6) from hours in _hours select new WeeklyHours((DayOfWeek)day, hours.From, hours.Until)).ListOf()
        from exceptions in (from day in Gen.Choose(0, 6) from hours in _hours.ListOf() select new DateException(start.AddDays(day), hours)).ListOf()
        from off in Gen.Choose(0, 20)
        select (zone, start, new AvailabilityPattern(weekly, [.. exceptions.DistinctBy(e => e.Date)], off < 7 ? [new TimeOff(start.AddDays(off), start.AddDays(off + 1))] : []));

    [Fact]
    public void Every_quarter_of_an_hour_is_free_exactly_where_the_wall_clock_says_so() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(_cases.ToArbitrary(), c =>
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(c.Zone);
        var from = new DateTimeOffset(c.From.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var until = from.AddDays(7);

        var free = c.Pattern.Between(from, until, c.Zone);

        for (var at = from; at < until; at = at.AddMinutes(15))
        {
            // Within an hour that comes twice, hours that begin or end in it do so at its first pass: another rule, tested by itself.
            if (zone.IsAmbiguousTime(at) || zone.IsAmbiguousTime(at.AddMinutes(15)))
            {
                continue;
            }

            free.Any(f => f.From <= at && at.AddMinutes(15) <= f.Until).ShouldBe(IsFree(c.Pattern, TimeZoneInfo.ConvertTime(at, zone).DateTime), $"{at} in {c.Zone}");
        }
    }));

    [Fact]
    public void Free_times_are_in_order_apart_and_within_what_was_asked() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(_cases.ToArbitrary(), c =>
    {
        var from = new DateTimeOffset(c.From.ToDateTime(new TimeOnly(11, 7)), TimeSpan.Zero);

        var free = c.Pattern.Between(from, from.AddDays(9), c.Zone);

        free.ShouldAllBe(f => f.From < f.Until && f.From >= from && f.Until <= from.AddDays(9));
        free.Zip(free.Skip(1)).ShouldAllBe(p => p.First.Until < p.Second.From);
    }));

    [Fact]
    public void An_hour_that_is_left_out_is_not_there_and_one_that_comes_twice_is_there_twice()
    {
        var night = new AvailabilityPattern([new WeeklyHours(DayOfWeek.Sunday, new TimeOnly(1, 0), new TimeOnly(3, 0))], [], []);

        night.Between(Utc(2026, 3, 28), Utc(2026, 3, 30), "Europe/London").ShouldHaveSingleItem().ShouldBe(new FreeTime(Utc(2026, 3, 29, 1), Utc(2026, 3, 29, 2)));
        night.Between(Utc(2026, 10, 24), Utc(2026, 10, 26), "Europe/London").ShouldHaveSingleItem().ShouldBe(new FreeTime(Utc(2026, 10, 25, 0), Utc(2026, 10, 25, 3)));
    }

    private static bool IsFree(AvailabilityPattern pattern, DateTime local)
    {
        var (date, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        if (pattern.TimeOff.Any(t => date >= t.From && date <= t.Until))
        {
            return false;
        }

        var hours = pattern.Exceptions.FirstOrDefault(e => e.Date == date)?.Hours ?? pattern.Weekly.Where(w => w.Day == date.DayOfWeek).Select(w => new HoursOfDay(w.From, w.Until));
        return hours.Any(h => time >= h.From && (h.Until == TimeOnly.MinValue || time < h.Until));
    }

    private static DateTimeOffset Utc(int year, int month, int day, int hour = 0) => new(year, month, day, hour, 0, 0, TimeSpan.Zero);
}
