using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using NetworkPlatform.IntegrationTests.Infrastructure;
using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Calendars;

namespace NetworkPlatform.UnitTests.Rostering.Calendars;

/// <summary>What ical.js makes of a series is what was taken: no date more, none less, each at its time.</summary>
public sealed class CalendarSeriesTests
{
    // Some of them at times that the clock skips or shows twice on one of the dates.
    private static readonly Gen<List<CalendarEntry>> _taken =
        from zone in Gen.Elements("Europe/London", "America/New_York", "Asia/Jerusalem", "Australia/Lord_Howe", "Africa/Casablanca", "Etc/UTC")
        from first in Gen.Elements(new DateOnly(2026, 3, 8), new DateOnly(2026, 9, 27), new DateOnly(2026, 10, 23), new DateOnly(2026, 2, 7))
        from time in Gen.Elements(new TimeOnly(19, 0), new TimeOnly(1, 30), new TimeOnly(2, 30), new TimeOnly(23, 45))
        from every in Gen.Choose(1, 4)
        from weeks in Gen.Choose(0, 30).ArrayOf()
        from fates in Gen.ArrayOf(Gen.Elements("kept", "kept", "kept", "moved", "longer", "renamed", "cancelled", "waiting"), 31)
        let standing = Guid.NewGuid()
        select weeks.Append(0).Distinct().Select(week => Entry(standing, zone, first, time, every, week, fates[week])).OfType<CalendarEntry>().ToList();

    [Fact]
    public async Task Every_date_that_was_taken_is_read_back_and_no_other()
    {
        List<List<CalendarEntry>> all = [];
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(_taken.Where(t => t.Count > 0).ToArbitrary(), taken => all.Add(taken)));

        var texts = all.ConvertAll(taken => CalendarText.Write([.. CalendarSeries.Of(taken)], "Etc/UTC"));
        var read = JsonDocument.Parse(await NodeClient.Run("calendar-reader.js", JsonSerializer.Serialize(texts))).RootElement;

        read.GetArrayLength().ShouldBe(all.Count);
        foreach (var (taken, text, calendar) in all.Zip(texts, read.EnumerateArray()))
        {
            calendar.GetProperty("longLines").GetInt32().ShouldBe(0);
            calendar.GetProperty("occurrences").EnumerateArray()
                .Select(o => (o.GetProperty("start").GetDateTimeOffset(), o.GetProperty("end").GetDateTimeOffset(), o.GetProperty("status").GetString(), o.GetProperty("summary").GetString()))
                .Order().ShouldBe(taken.Select(t => (t.StartsAt, t.EndsAt, (string?)t.Status.ToString().ToUpperInvariant(), (string?)t.Title)).Order(), text);
            calendar.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("uid").GetString()).Distinct(StringComparer.Ordinal)
                .ShouldHaveSingleItem().ShouldBe($"{taken[0].Series!.StandingId}@networkplatform");
        }
    }

    [Fact]
    public void It_is_written_as_one_event_with_its_rule_and_what_differs()
    {
        CalendarEntry At(int week, string fate) => Entry(Guid.Empty, "Europe/London", new DateOnly(2026, 10, 6), new TimeOnly(19, 0), 2, week, fate)!;

        var text = CalendarText.Write([.. CalendarSeries.Of([At(0, "kept"), At(1, "cancelled"), At(3, "kept")])], "Etc/UTC");

        text.ShouldContain("\r\nDTSTART;TZID=Europe/London:20261006T190000\r\nDURATION:PT90M\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4\r\nEXDATE;TZID=Europe/London:20261103T190000\r\n");
        text.ShouldContain("\r\nRECURRENCE-ID;TZID=Europe/London:20261020T190000\r\nDTSTART;TZID=Europe/London:20261020T190000\r\n");
        text.Split("BEGIN:VEVENT").Length.ShouldBe(3);
    }

    [Fact]
    public void Its_sequence_grows_with_each_change_of_any_of_it()
    {
        CalendarEntry At(int week, int changes = 0) => Entry(Guid.Empty, "Europe/London", new DateOnly(2026, 10, 6), new TimeOnly(19, 0), 1, week, "kept")! with { Changes = changes };
        int Sequence(params CalendarEntry[] taken) => CalendarSeries.Of(taken).First().Sequence;

        Sequence(At(0), At(1)).ShouldBeGreaterThan(Sequence(At(0)));
        Sequence(At(0), At(1, changes: 1)).ShouldBeGreaterThan(Sequence(At(0), At(1)));
        Sequence([.. new[] { At(0), At(1) }.Select(e => e with { Series = e.Series! with { Changes = 1 } })]).ShouldBeGreaterThan(Sequence(At(0), At(1)));
    }

    /// <summary>Null where the clock skips the time, when nobody can have taken it.</summary>
    private static CalendarEntry? Entry(Guid standing, string zone, DateOnly first, TimeOnly time, int every, int week, string fate)
    {
        var date = first.AddDays(7 * every * week);
        var local = date.ToDateTime(time);
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var planned = LocalClock.InstantOf(clock, local.Ticks);
        if (LocalClock.LocalAt(clock, planned) != local.Ticks)
        {
            return null;
        }

        var start = LocalClock.Utc(planned).AddHours(fate == "moved" ? 50 : 0);
        var status = fate switch { "cancelled" => EventStatus.Cancelled, "waiting" => EventStatus.Tentative, _ => EventStatus.Confirmed };
        return new CalendarEntry(
            Guid.NewGuid(), 0, DateTimeOffset.UnixEpoch, start, start.AddMinutes(fate == "longer" ? 120 : 90), zone, fate == "renamed" ? "Other" : "Grief", status,
            new SeriesDate(standing, date, time, every, 0));
    }
}
