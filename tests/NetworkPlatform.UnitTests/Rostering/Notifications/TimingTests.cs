using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.Rostering.Notifications;

namespace NetworkPlatform.UnitTests.Rostering.Notifications;

/// <summary>Quiet hours and digests by the reader's own clock, over both changes of the year.</summary>
public sealed class TimingTests
{
    private static readonly string[] _zones = ["Europe/London", "America/New_York", "Asia/Jerusalem", "Australia/Lord_Howe", "Etc/UTC", "Asia/Kathmandu", "America/St_Johns"];

    private static readonly DateTimeOffset[] _around =
        [new(2026, 3, 8, 7, 0, 0, TimeSpan.Zero), new(2026, 3, 27, 0, 0, 0, TimeSpan.Zero), new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), new(2026, 4, 4, 15, 0, 0, TimeSpan.Zero), new(2026, 10, 3, 15, 30, 0, TimeSpan.Zero), new(2026, 10, 24, 23, 0, 0, TimeSpan.Zero), new(2026, 10, 25, 1, 0, 0, TimeSpan.Zero), new(2026, 11, 1, 6, 0, 0, TimeSpan.Zero), new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero)];

    private static readonly Gen<(string Zone, TimeOnly From, TimeOnly Until, DateTimeOffset At)> _cases =
        from zone in Gen.Elements(_zones)
        from start in Gen.Choose(0, 95)
        from length in Gen.Choose(1, 95)
        from around in Gen.Elements(_around)
        from minutes in Gen.Choose(-1500, 1500)
        let quietFrom = TimeOnly.MinValue.AddMinutes(15 * start)
        select (zone, quietFrom, quietFrom.AddMinutes(15 * length), around.AddMinutes(minutes));

    [Fact]
    public void Nothing_goes_in_quiet_hours_nothing_waits_outside_of_them_and_nothing_waits_on_after_them() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(_cases.ToArbitrary(), c =>
    {
        var goes = Timing.AfterQuietHours(c.From, c.Until, c.Zone, c.At);

        IsQuiet(c, goes).ShouldBeFalse();
        goes.ShouldBeGreaterThanOrEqualTo(c.At);
        goes.ShouldBeLessThanOrEqualTo(c.At.AddHours(50)); // two days' where a clock skips what is between them
        for (var minute = c.At; minute < goes; minute = minute.AddMinutes(1))
        {
            IsQuiet(c, minute).ShouldBeTrue($"{minute} in {c.Zone}");
        }
    }));

    [Fact]
    public void The_next_digest_is_the_next_time_that_the_clock_shows_or_has_passed() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(_cases.ToArbitrary(), c =>
    {
        var next = Timing.Next(c.Until, c.Zone, c.At);

        next.ShouldBeGreaterThan(c.At);
        next.ShouldBeLessThanOrEqualTo(c.At.AddHours(26));
        var clock = Clock(next, c.Zone);
        (clock == c.Until || Clock(next.AddMinutes(-1), c.Zone) < c.Until).ShouldBeTrue($"{clock} for {c.Until}");
    }));

    [Theory]
    [InlineData("2026-03-29T00:30:00Z", "2026-03-29T06:00:00Z")] // London: the night of 23 hours
    [InlineData("2026-10-24T22:30:00Z", "2026-10-25T07:00:00Z")] // and of 25
    [InlineData("2026-10-25T07:00:00Z", "2026-10-25T07:00:00Z")]
    [InlineData("2026-10-25T20:59:00Z", "2026-10-25T20:59:00Z")]
    public void A_night_in_london(string at, string goes) => Timing.AfterQuietHours(new TimeOnly(22, 0), new TimeOnly(7, 0), "Europe/London", DateTimeOffset.Parse(at, null)).ShouldBe(DateTimeOffset.Parse(goes, null));

    [Theory]
    [InlineData("Europe/London", "01:15", "00:15", "2026-10-25T00:40:00Z", "2026-10-25T01:00:00Z")] // set back to before they begin
    [InlineData("Asia/Jerusalem", "01:45", "01:30", "2026-10-24T22:49:00Z", "2026-10-24T23:30:00Z")] // set back to before they end
    [InlineData("America/St_Johns", "02:45", "02:00", "2026-03-07T21:30:00Z", "2026-03-09T04:30:00Z")] // set forward over all that is between two of them
    public void Quiet_hours_of_nearly_a_day_over_a_change_of_the_clock(string zone, string from, string until, string at, string goes) =>
        Timing.AfterQuietHours(TimeOnly.Parse(from, null), TimeOnly.Parse(until, null), zone, DateTimeOffset.Parse(at, null)).ShouldBe(DateTimeOffset.Parse(goes, null));

    [Fact]
    public void Every_language_has_words_for_every_kind_and_every_hole_is_filled()
    {
        Wording.All.Select(w => w.Culture.TwoLetterISOLanguageName).ShouldBe(["en", "he", "fr", "ru"]);
        foreach (var words in Wording.All)
        {
            foreach (var kind in Enum.GetValues<NotificationKind>())
            {
                var (subject, body) = words.Kinds[kind];
                words.Fill(subject, "THE-TITLE", "THE-TIME").ShouldContain("THE-TITLE");
                words.Fill(body, "THE-TITLE", "THE-TIME").ShouldContain("THE-TIME");
            }

            words.When(new DateTimeOffset(2026, 11, 24, 19, 30, 0, TimeSpan.Zero), "Europe/London").ShouldContain("19:30");
        }
    }

    private static bool IsQuiet((string Zone, TimeOnly From, TimeOnly Until, DateTimeOffset At) c, DateTimeOffset at)
    {
        var time = Clock(at, c.Zone);
        return c.From < c.Until ? c.From <= time && time < c.Until : !(c.Until <= time && time < c.From);
    }

    private static TimeOnly Clock(DateTimeOffset at, string zone) => TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
}
