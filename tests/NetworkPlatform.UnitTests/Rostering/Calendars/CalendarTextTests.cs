using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.IntegrationTests.Infrastructure;
using NetworkPlatform.Rostering.Calendars;

namespace NetworkPlatform.UnitTests.Rostering.Calendars;

/// <summary>What a calendar program of another hand (ical.js) reads out of our text is what went in.</summary>
public sealed class CalendarTextTests
{
    private static readonly string[] _zones =
        ["Europe/London", "Europe/Dublin", "America/New_York", "America/St_Johns", "Asia/Jerusalem", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu", "Etc/UTC", "America/Santiago", "Pacific/Chatham"];

    // Around both changes of the year in all of these zones, to the quarter of an hour.
    private static readonly DateTimeOffset[] _changes =
    [
        new(2026, 3, 8, 7, 0, 0, TimeSpan.Zero), new(2026, 3, 27, 0, 0, 0, TimeSpan.Zero), new(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), new(2026, 4, 4, 15, 0, 0, TimeSpan.Zero), new(2026, 4, 5, 3, 0, 0, TimeSpan.Zero),
        new(2026, 9, 26, 14, 0, 0, TimeSpan.Zero), new(2026, 10, 3, 15, 30, 0, TimeSpan.Zero), new(2026, 10, 25, 1, 0, 0, TimeSpan.Zero), new(2026, 11, 1, 6, 0, 0, TimeSpan.Zero), new(2027, 7, 1, 12, 0, 0, TimeSpan.Zero),
    ];

    private static readonly Gen<string> _texts = Gen.OneOf(
        Gen.Elements('a', ' ', ',', ';', '\\', '\n', ':', '"', 'ש', 'é', '\t').ArrayOf().Select(c => new string(c)),
        Gen.Choose(1, 300).Select(length => string.Concat(Enumerable.Repeat("😀ש,", length))));

    private static readonly Gen<CalendarEvent> _events =
        from zone in Gen.Elements(_zones)
        from change in Gen.Elements(_changes)
        from quarters in Gen.Choose(-40, 40)
        from minutes in Gen.Choose(1, 300)
        from text in _texts
        from status in Gen.Elements(Enum.GetValues<EventStatus>())
        from sequence in Gen.Choose(0, 1000)
        let start = change.AddMinutes(15 * quarters)
        select new CalendarEvent($"{Guid.NewGuid()}@networkplatform", sequence, change, start, start.AddMinutes(minutes), zone, text, status);

    [Fact]
    public async Task Every_event_is_read_back_as_it_was_written_over_every_change_of_the_clocks()
    {
        List<CalendarEvent[]> calendars = [];
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(_events.ArrayOf().ToArbitrary(), events => calendars.Add(events)));

        var read = JsonDocument.Parse(await NodeClient.Run("calendar-reader.js", JsonSerializer.Serialize(calendars.Select(c => CalendarText.Write(c, "Europe/London"))))).RootElement;

        read.GetArrayLength().ShouldBe(calendars.Count);
        foreach (var (events, calendar) in calendars.Zip(read.EnumerateArray()))
        {
            calendar.GetProperty("version").GetString().ShouldBe("2.0");
            calendar.GetProperty("longLines").GetInt32().ShouldBe(0);
            calendar.GetProperty("bareLineBreaks").GetInt32().ShouldBe(0);
            calendar.GetProperty("zones").GetArrayLength().ShouldBe(Math.Max(1, events.Select(e => e.TimeZone).Distinct(StringComparer.Ordinal).Count()));
            calendar.GetProperty("events").EnumerateArray()
                .Select(e => (e.GetProperty("uid").GetString(), e.GetProperty("summary").GetString(), e.GetProperty("start").GetDateTimeOffset(), e.GetProperty("end").GetDateTimeOffset(), e.GetProperty("sequence").GetInt32(), e.GetProperty("status").GetString()))
                .ShouldBe(events.Select(e => ((string?)e.Uid, (string?)e.Summary, e.StartsAt, e.EndsAt, e.Sequence, (string?)e.Status.ToString().ToUpperInvariant())));
        }
    }

    [Fact]
    public void Local_time_is_written_with_its_zone_and_in_utc_only_where_the_clock_shows_it_twice()
    {
        CalendarEvent At(int month, int day, int hour, int minute) =>
            new("1@networkplatform", 0, DateTimeOffset.UnixEpoch, new(2026, month, day, hour, minute, 0, TimeSpan.Zero), new(2026, month, day, hour + 1, minute, 0, TimeSpan.Zero), "Europe/London", "A", EventStatus.Confirmed);

        CalendarText.Write([At(7, 1, 18, 0)], "Etc/UTC").ShouldContain("\r\nDTSTART;TZID=Europe/London:20260701T190000\r\n");
        CalendarText.Write([At(10, 25, 0, 30)], "Etc/UTC").ShouldContain("\r\nDTSTART:20261025T003000Z\r\n");
        CalendarText.Write([At(10, 25, 2, 0)], "Etc/UTC").ShouldContain("\r\nDTSTART;TZID=Europe/London:20261025T020000\r\n");
    }
}
