using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>The small acts that most tests begin with, done over HTTP as a coordinator would.</summary>
public static class Roster
{
    private static readonly ConcurrentDictionary<string, DateTime> Todays = new(StringComparer.Ordinal);
    private static int names;

    /// <summary>Tomorrow at noon UTC, plus days and hours: far enough from every midnight for tests that do not care.</summary>
    public static DateTimeOffset At(double days = 1, double hours = 0) => new DateTimeOffset(Today(), TimeSpan.Zero).AddHours(12).AddDays(days).AddHours(hours);

    /// <summary>The same for all of a test, also where midnight passes meanwhile.</summary>
    private static DateTime Today() => TestContext.Current.Test is { } test ? Todays.GetOrAdd(test.UniqueID, _ => DateTime.UtcNow.Date) : DateTime.UtcNow.Date;

    public static async Task<Guid> NewChapter(this Tenant tenant, string timeZone = "Etc/UTC") =>
        (await tenant.Admin.Post("/chapters", new { name = "A chapter", slug = $"chapter-{Interlocked.Increment(ref names)}", timeZone }).Created()).Id();

    public static async Task<Guid> NewGroup(this Tenant tenant, Guid? chapterId = null)
    {
        var group = new { chapterId = chapterId ?? await tenant.NewChapter(), name = $"Group {Interlocked.Increment(ref names)}", topic = "grief", leadership = "peer-led", format = "in-person" };
        return (await tenant.Admin.Post("/groups", group).Created()).Id();
    }

    public static async Task<Guid> NewVolunteer(this Tenant tenant, string? email = null) =>
        (await tenant.Admin.Post("/volunteers", new { name = "A volunteer", email = email ?? $"volunteer-{Guid.NewGuid():N}@example.org", languages = new[] { "en" } }).Created()).Id();

    /// <summary>A single session and the shift that its event opens.</summary>
    public static async Task<OpenedShift> NewShift(this Tenant tenant, DateTimeOffset startsAt, int minutes = 90, int places = 2, int intensity = 1, Guid? groupId = null)
    {
        var group = groupId ?? await tenant.NewGroup();
        await tenant.Admin.Post($"/groups/{group}/meetings", Meeting(startsAt, minutes, places, intensity)).Created();
        var session = await Eventually.Get(
            async () => (await tenant.Admin.All($"/groups/{group}/sessions")).Find(s => s.GetProperty("startsAt").GetDateTimeOffset() == startsAt), s => s.ValueKind == JsonValueKind.Object);
        var shift = await Eventually.Get(() => tenant.ShiftOf(session.Id()), s => s.ValueKind == JsonValueKind.Object);
        return new OpenedShift(shift.Id(), session.Id(), group);
    }

    public static object Meeting(DateTimeOffset startsAt, int minutes = 90, int places = 2, int intensity = 1, string recurrence = "FREQ=DAILY;COUNT=1") => new
    {
        startsOn = startsAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        startTime = startsAt.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        durationMinutes = minutes,
        timeZone = "Etc/UTC",
        recurrence,
        facilitators = places,
        intensity,
    };

    /// <summary>The body of the event that opens a session's shift.</summary>
    public static string ScheduledEvent(Guid sessionId, Guid? groupId = null, int facilitators = 2) => JsonSerializer.Serialize(new
    {
        SessionId = sessionId,
        GroupId = groupId ?? Guid.CreateVersion7(),
        ChapterId = Guid.CreateVersion7(),
        GroupName = "A group",
        StartsAt = At(),
        EndsAt = At(hours: 1),
        TimeZone = "Etc/UTC",
        Facilitators = facilitators,
        Intensity = 1,
    });

    /// <summary>The session's shift; undefined until its event has opened it.</summary>
    public static async Task<JsonElement> ShiftOf(this Tenant tenant, Guid sessionId) =>
        (await tenant.Admin.All("/shifts?from=2000-01-01T00:00:00Z")).Find(s => s.Text("sessionId") == sessionId.ToString());

    public static Task<Answer> SignUp(this Tenant tenant, OpenedShift shift, Guid volunteerId) => tenant.Admin.Post($"/shifts/{shift.Id}/signups", new { volunteerId });
}

public sealed record OpenedShift(Guid Id, Guid SessionId, Guid GroupId);
