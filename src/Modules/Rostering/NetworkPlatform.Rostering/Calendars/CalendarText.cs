using System.Globalization;
using System.Text;

namespace NetworkPlatform.Rostering.Calendars;

internal enum EventStatus
{
    Confirmed,
    Tentative,
    Cancelled,
}

/// <summary>One dated entry of a calendar.</summary>
/// <param name="Uid">The same for as long as the entry is.</param>
/// <param name="Sequence">Greater after every change.</param>
/// <param name="TimeZone">IANA zone in which it keeps its local time.</param>
/// <param name="Recurs">Null for what comes once.</param>
/// <param name="InPlaceOf">The local start, and its zone, of the occurrence of a series that it stands for, under the same uid; null for none.</param>
internal sealed record CalendarEvent(
    string Uid, int Sequence, DateTimeOffset Stamp, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone, string Summary, EventStatus Status,
    Recurrence? Recurs = null, (DateTime Local, string TimeZone)? InPlaceOf = null);

/// <summary>That an event comes back at the same local time.</summary>
/// <param name="Start">Local start of the first.</param>
/// <param name="Count">How many, those left out among them.</param>
/// <param name="LeftOut">Local starts.</param>
/// <param name="LastEndsAt">The end of the last.</param>
internal sealed record Recurrence(DateTime Start, int EveryWeeks, int Count, IReadOnlyList<DateTime> LeftOut, DateTimeOffset LastEndsAt);

/// <summary>A calendar as text, by RFC 5545.</summary>
internal static class CalendarText
{
    private const int LineOctets = 75;
    private const string UtcForm = "yyyyMMdd'T'HHmmss'Z'";

    /// <param name="homeZone">A zone that is described even where no event is in it, since a calendar without anything in it is none.</param>
    internal static string Write(IReadOnlyList<CalendarEvent> events, string homeZone)
    {
        var text = new StringBuilder();
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//NetworkPlatform//Rostering//EN");
        Line("CALSCALE:GREGORIAN");
        Line("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        Line("X-PUBLISHED-TTL:PT1H");
        foreach (var zone in events.GroupBy(e => e.TimeZone, StringComparer.Ordinal).Select(z => (Id: z.Key, From: z.Min(e => e.StartsAt), Until: z.Max(e => e.Recurs?.LastEndsAt > e.EndsAt ? e.Recurs.LastEndsAt : e.EndsAt))).DefaultIfEmpty((Id: homeZone, From: DateTimeOffset.UnixEpoch, Until: DateTimeOffset.UnixEpoch)))
        {
            foreach (var line in TimeZoneText.Write(zone.Id, zone.From, zone.Until))
            {
                Line(line);
            }
        }

        foreach (var entry in events)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(entry.TimeZone);
            Line("BEGIN:VEVENT");
            Line($"UID:{entry.Uid}");
            Line($"DTSTAMP:{Utc(entry.Stamp)}");
            Line($"SEQUENCE:{entry.Sequence.ToString(CultureInfo.InvariantCulture)}");
            if (entry.Recurs is { } recurs)
            {
                // Only a local start keeps its local time, and a length keeps the end off hours that the clock shows twice.
                Line("DTSTART" + Local(entry.TimeZone, recurs.Start));
                Line($"DURATION:PT{((int)(entry.EndsAt - entry.StartsAt).TotalMinutes).ToString(CultureInfo.InvariantCulture)}M");
                Line(string.Create(CultureInfo.InvariantCulture, $"RRULE:FREQ=WEEKLY;INTERVAL={recurs.EveryWeeks};COUNT={recurs.Count}"));
                if (recurs.LeftOut.Count > 0)
                {
                    Line("EXDATE" + Local(entry.TimeZone, [.. recurs.LeftOut]));
                }
            }
            else
            {
                if (entry.InPlaceOf is { } occurrence)
                {
                    Line("RECURRENCE-ID" + Local(occurrence.TimeZone, occurrence.Local));
                }

                Line("DTSTART" + Time(entry.StartsAt, zone));
                Line("DTEND" + Time(entry.EndsAt, zone));
            }

            Line($"SUMMARY:{Escape(entry.Summary)}");
            Line($"STATUS:{entry.Status.ToString().ToUpperInvariant()}");
            Line($"TRANSP:{(entry.Status == EventStatus.Confirmed ? "OPAQUE" : "TRANSPARENT")}");
            Line("CLASS:PRIVATE");
            Line("END:VEVENT");
        }

        Line("END:VCALENDAR");
        return text.ToString();

        void Line(string line) => Fold(text, line);
    }

    /// <summary>Local time with its zone; in UTC where the wall clock shows that time twice, since programs differ in which of the two they take it for.</summary>
    private static string Time(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneText.IsShownTwice(instant, zone)
        ? $":{Utc(instant)}"
        : $";TZID={zone.Id}:{TimeZoneInfo.ConvertTime(instant, zone).ToString(TimeZoneText.LocalForm, CultureInfo.InvariantCulture)}";

    private static string Local(string timeZone, params DateTime[] times) =>
        $";TZID={timeZone}:{string.Join(',', times.Select(t => t.ToString(TimeZoneText.LocalForm, CultureInfo.InvariantCulture)))}";

    private static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString(UtcForm, CultureInfo.InvariantCulture);

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in text.ReplaceLineEndings("\n"))
        {
            escaped.Append(character switch
            {
                '\\' => @"\\",
                ';' => @"\;",
                ',' => @"\,",
                '\n' => @"\n",
                _ when char.IsControl(character) && character != '\t' => "",
                _ => character,
            });
        }

        return escaped.ToString();
    }

    /// <summary>Lines of at most 75 octets; what is longer goes on after a line break and a space, never within a character.</summary>
    private static void Fold(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineOctets)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
