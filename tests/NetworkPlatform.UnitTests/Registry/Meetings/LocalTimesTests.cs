using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Registry.Meetings;

namespace NetworkPlatform.UnitTests.Registry.Meetings;

public sealed class LocalTimesTests
{
    private static readonly string[] _zones =
    [
        "America/New_York", "America/St_Johns", "Europe/London", "Europe/Dublin", "Africa/Casablanca", "Asia/Kathmandu",
        "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Apia", "Etc/UTC",
    ];

    [Theory]
    [InlineData("an ordinary winter time", "2026-01-15 19:00", "America/New_York", "2026-01-16 00:00")]
    [InlineData("an ordinary summer time", "2026-07-15 19:00", "America/New_York", "2026-07-15 23:00")]
    [InlineData("the last minute before the gap", "2026-03-08 01:59", "America/New_York", "2026-03-08 06:59")]
    [InlineData("in the gap: 03:30 on the new clock", "2026-03-08 02:30", "America/New_York", "2026-03-08 07:30")]
    [InlineData("the first minute after the gap", "2026-03-08 03:00", "America/New_York", "2026-03-08 07:00")]
    [InlineData("the last minute before the fold", "2026-11-01 00:59", "America/New_York", "2026-11-01 04:59")]
    [InlineData("in the fold: the first of both", "2026-11-01 01:30", "America/New_York", "2026-11-01 05:30")]
    [InlineData("the first minute after the fold", "2026-11-01 02:00", "America/New_York", "2026-11-01 07:00")]
    [InlineData("in London's gap", "2026-03-29 01:30", "Europe/London", "2026-03-29 01:30")]
    [InlineData("in London's fold", "2026-10-25 01:30", "Europe/London", "2026-10-25 00:30")]
    [InlineData("in Dublin's gap, whose winter is the saving time", "2026-03-29 01:30", "Europe/Dublin", "2026-03-29 01:30")]
    [InlineData("in Dublin's fold", "2026-10-25 01:30", "Europe/Dublin", "2026-10-25 00:30")]
    [InlineData("in a gap of half an hour", "2026-10-04 02:15", "Australia/Lord_Howe", "2026-10-03 15:45")]
    [InlineData("in a fold of half an hour", "2026-04-05 01:45", "Australia/Lord_Howe", "2026-04-04 14:45")]
    [InlineData("on a day that was skipped", "2011-12-30 12:00", "Pacific/Apia", "2011-12-30 22:00")]
    [InlineData("on the evening before a skipped day", "2011-12-29 19:00", "Pacific/Apia", "2011-12-30 05:00")]
    [InlineData("on the morning after a skipped day", "2011-12-31 07:00", "Pacific/Apia", "2011-12-30 17:00")]
    public void Is_the_instant_of(string what, string local, string zone, string utc)
    {
        var (date, time) = Parse(local);
        var instant = LocalTimes.ToInstant(date, time, zone);
        instant.Offset.ShouldBe(TimeSpan.Zero);
        instant.UtcDateTime.ShouldBe(DateTime.ParseExact(utc, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), what);
    }

    [Fact]
    public void A_session_over_a_change_ends_after_its_elapsed_time()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        var end = LocalTimes.ToInstant(new DateOnly(2026, 3, 8), new TimeOnly(1, 0), "America/New_York").AddMinutes(90);
        TimeZoneInfo.ConvertTime(end, zone).TimeOfDay.ShouldBe(new TimeSpan(3, 30, 0));
    }

    [Fact]
    public void An_unknown_zone_is_an_error_of_the_caller() =>
        Should.Throw<TimeZoneNotFoundException>(() => LocalTimes.ToInstant(new DateOnly(2026, 1, 1), default, "Mars/Olympus"));

    [Fact]
    public void The_clock_of_an_instant_leads_back_to_it_or_to_the_first_with_the_same_clock()
    {
        var cases =
            from zone in Gen.Elements(_zones)
            from minute in Gen.Choose(0, 20 * 366 * 24 * 60)
            select (Zone: zone, Instant: new DateTime(2010, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(minute));
        Prop.ForAll(Arb.From(cases), test =>
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(test.Zone);
            var clock = TimeZoneInfo.ConvertTimeFromUtc(test.Instant, zone);
            var back = LocalTimes.ToInstant(DateOnly.FromDateTime(clock), TimeOnly.FromDateTime(clock), test.Zone).UtcDateTime;
            TimeZoneInfo.ConvertTimeFromUtc(back, zone).ShouldBe(clock);
            back.ShouldBeInRange(test.Instant.AddHours(-1), test.Instant);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Every_half_hour_of_a_year_is_its_first_instant_or_moves_forward()
    {
        foreach (var name in _zones)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
            var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            var first = new Dictionary<DateTime, DateTime>();
            for (var utc = start; utc.Year == 2026; utc = utc.AddMinutes(30))
            {
                first.TryAdd(TimeZoneInfo.ConvertTimeFromUtc(utc, zone), utc);
            }

            for (var local = start.AddDays(1); local < start.AddDays(363); local = local.AddMinutes(30))
            {
                var instant = LocalTimes.ToInstant(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local), name).UtcDateTime;
                var clock = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
                var expected = first.TryGetValue(clock, out var known) ? known : instant;
                instant.ShouldBe(expected, $"{local:s} {name}");
                var shown = TimeZoneInfo.ConvertTimeFromUtc(instant, zone);
                (shown - clock).ShouldBeInRange(
                    TimeSpan.Zero, first.ContainsKey(clock) ? TimeSpan.Zero : TimeSpan.FromHours(1), $"{local:s} {name}");
            }
        }
    }

    private static (DateOnly Date, TimeOnly Time) Parse(string local)
    {
        var clock = DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return (DateOnly.FromDateTime(clock), TimeOnly.FromDateTime(clock));
    }
}
