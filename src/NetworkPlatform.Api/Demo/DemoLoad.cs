using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using NetworkPlatform.Platform.Tenancy;
using NetworkPlatform.Registry.Meetings;

namespace NetworkPlatform.Api.Demo;

/// <summary>Lives through half a year of one nonprofit: sets it up, then week by week fills shifts, holds sessions and spends money.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Made-up history; seeded, so that every demo is the same one.")]
internal sealed class DemoLoad(DemoTenant plan, DemoApi api, TenantInfo tenant, TenantScopes scopes, DemoClock clock)
{
    private static readonly string[] English = ["en"];
    private static readonly string[] Accessibility = ["wheelchair"];

    private readonly Random random = new(plan.Slug.Sum(c => c));
    private readonly List<(Guid Id, Guid ChapterId)> groups = [];

    /// <summary>First and last week in which a volunteer takes shifts: some came late, and some have stopped.</summary>
    private readonly List<(Guid Id, string Email, int From, int Until)> volunteers = [];

    private readonly List<Guid> signUps = [];
    private List<JsonElement> thisWeek = [];
    private Guid generalFund;
    private int sessionsExpected;

    internal IEnumerable<(Guid Id, string Email)> Volunteers => volunteers.Select(v => (v.Id, v.Email));

    /// <summary>A sign-up that the limits refused, for the reader to try: the last of the coming weeks, since what to try is written once and read for as long as the demo is kept.</summary>
    internal (Guid Shift, Guid Volunteer)? Refused { get; private set; }

    internal async Task SetUp()
    {
        await api.Authenticate();
        var startsOn = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        foreach (var chapter in plan.Chapters)
        {
            var chapterId = (await api.Post("/chapters", new { chapter.Name, chapter.Slug, chapter.TimeZone })).GetProperty("id").GetGuid();
            var venue = await api.Post("/venues", new { chapterId, name = $"{chapter.Name} community hall", address = $"1 Main Street, {chapter.Name}" });
            foreach (var group in chapter.Groups)
            {
                var created = await api.Post("/groups", new
                {
                    chapterId,
                    group.Name,
                    group.Topic,
                    leadership = "peer-led",
                    format = "in-person",
                    languages = English,
                    accessibility = Accessibility,
                    capacity = 20,
                    description = $"A group of the {chapter.Name} chapter.",
                });
                var groupId = created.GetProperty("id").GetGuid();
                groups.Add((groupId, chapterId));
                await api.TryPost($"/groups/{groupId}/publish", new { });
                var meeting = await api.Post($"/groups/{groupId}/meetings", new
                {
                    venueId = venue.GetProperty("id").GetGuid(),
                    startsOn,
                    startTime = group.Time,
                    durationMinutes = group.Minutes,
                    chapter.TimeZone,
                    recurrence = $"FREQ=WEEKLY;BYDAY={group.Day}",
                    facilitators = 2,
                    group.Intensity,
                });
                sessionsExpected += meeting.GetProperty("sessions").GetInt32();
            }
        }

        await RegisterVolunteers();
        await SetUpFunds(startsOn);
    }

    internal async Task SignUpForWeek(int week)
    {
        await api.Authenticate();
        await ShiftsAreOpen();
        var now = clock.GetUtcNow();
        thisWeek = await api.All($"/shifts?from={Instant(now)}&to={Instant(now.AddDays(7))}");
        signUps.Clear();
        foreach (var shift in thisWeek)
        {
            signUps.AddRange((await Fill(shift.GetProperty("id").GetGuid(), shift.GetProperty("places").GetInt32(), week)).Select(c => c.SignUp));
        }
    }

    /// <summary>The week is over: says who came, how many took part, and what it cost.</summary>
    internal async Task CloseWeek(int week)
    {
        await api.Authenticate();
        foreach (var signUp in signUps)
        {
            var outcome = random.Next(20) switch { 0 => "no-show", 1 => "excused", _ => "attended" };
            await api.Post($"/signups/{signUp}/attendance", new { outcome });
        }

        foreach (var shift in thisWeek)
        {
            await api.Post($"/sessions/{shift.GetProperty("sessionId").GetGuid()}/attendance", new { participants = random.Next(4, 16) });
        }

        var group = groups[week % groups.Count].Id;
        var amount = string.Create(CultureInfo.InvariantCulture, $"{random.Next(20, 80)}.50");
        var incurredOn = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        await api.Post($"/funds/{generalFund}/expenses", new { amount, description = "Room and refreshments", groupId = group, incurredOn });
        await ExtendCalendar();
    }

    /// <summary>Leaves the coming weeks partly covered, and finds a sign-up that the limits refuse.</summary>
    internal async Task LookAhead()
    {
        await api.Authenticate();
        await ShiftsAreOpen();
        var now = clock.GetUtcNow();
        (DateTimeOffset EndsAt, Guid Volunteer)? previous = null;
        foreach (var shift in await api.All($"/shifts?from={Instant(now)}&to={Instant(now.AddDays(28))}"))
        {
            var id = shift.GetProperty("id").GetGuid();
            if (previous is { } last && shift.GetProperty("startsAt").GetDateTimeOffset() - last.EndsAt < TimeSpan.FromHours(11)
                && await api.TryPost($"/shifts/{id}/signups", new { volunteerId = last.Volunteer }) is { Accepted: false, Json: var problem }
                && problem.GetProperty("type").GetString()!.EndsWith("/burnout-limit", StringComparison.Ordinal))
            {
                Refused = (id, last.Volunteer);
            }

            var confirmed = await Fill(id, random.Next(1, 3), DemoNetwork.WeeksOfHistory);
            previous = confirmed.Count > 0 ? (shift.GetProperty("endsAt").GetDateTimeOffset(), confirmed[^1].Volunteer) : null;
        }
    }

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private async Task RegisterVolunteers()
    {
        foreach (var (index, name) in plan.Volunteers.Index())
        {
            var email = $"{name.ToLowerInvariant()}@volunteers.example";
            var created = await api.Post("/volunteers", new { name = $"Volunteer {name}", email, languages = English });
            var from = index % 3 == 0 ? random.Next(DemoNetwork.WeeksOfHistory / 2) : 0;
            var until = index % 4 == 1 ? from + random.Next(6, 14) : int.MaxValue;
            volunteers.Add((created.GetProperty("id").GetGuid(), email, from, until));
        }
    }

    private async Task SetUpFunds(DateOnly receivedOn)
    {
        var general = await api.Post("/funds", new { name = "General fund", currency = plan.Currency, restriction = new { kind = "unrestricted" } });
        generalFund = general.GetProperty("id").GetGuid();
        await api.Post($"/funds/{generalFund}/income", new { amount = "12000.00", receivedOn, source = "Donations" });
        var chapter = await api.Post("/funds", new
        {
            name = $"{plan.Chapters[0].Name} grant",
            currency = plan.Currency,
            restriction = new { kind = "chapter", chapterId = groups[0].ChapterId },
        });
        var chapterFund = chapter.GetProperty("id").GetGuid();
        await api.Post($"/funds/{chapterFund}/income", new { amount = "8000.00", receivedOn, source = "A foundation" });
        await api.Post($"/funds/{chapterFund}/allocations", new { groupId = groups[0].Id, amount = "3000.00" });
    }

    private async Task<List<(Guid SignUp, Guid Volunteer)>> Fill(Guid shift, int places, int week)
    {
        List<(Guid SignUp, Guid Volunteer)> confirmed = [];
        var candidates = volunteers.Where(v => v.From <= week && week <= v.Until).Select(v => v.Id).ToArray();
        random.Shuffle(candidates);
        foreach (var volunteer in candidates)
        {
            if (confirmed.Count >= places)
            {
                break;
            }

            var (accepted, answer) = await api.TryPost($"/shifts/{shift}/signups", new { volunteerId = volunteer });
            if (accepted)
            {
                confirmed.Add((answer.GetProperty("id").GetGuid(), volunteer));
            }
        }

        return confirmed;
    }

    /// <summary>Shifts open by events; waits until all have.</summary>
    private async Task ShiftsAreOpen()
    {
        while (true)
        {
            var shifts = await api.All("/shifts?from=2000-01-01T00:00:00Z");
            if (shifts.Count >= sessionsExpected)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    private async Task ExtendCalendar()
    {
        var before = await Sessions();
        bool more;
        do
        {
            more = (await scopes.SendOrThrow(tenant, new ExtendCalendar.Command())).More;
        }
        while (more);
        sessionsExpected += await Sessions() - before;

        async Task<int> Sessions()
        {
            var count = 0;
            foreach (var (id, _) in groups)
            {
                count += (await api.All($"/groups/{id}/sessions")).Count;
            }

            return count;
        }
    }
}
