namespace NetworkPlatform.IntegrationTests.Rostering;

/// <summary>Draws commands for a nonprofit of some weeks, carries them out over HTTP and in the model, and lets time go by for both.</summary>
internal sealed class RandomLife
{
    private static readonly string[] Acts =
    [
        "sign-up", "sign-up", "sign-up", "sign-up", "override", "override", "series", "cancel", "cancel", "confirm", "confirm", "check-in", "attendance", "attendance", "debrief", "places", "cancel-session", "limits", "time", "time", "time",
    ];

    private readonly ApiFixture api;
    private readonly Random random;
    private readonly LifeModel model = new();
    private readonly List<Guid> volunteers = [];
    private ApiClient admin = null!;
    private Guid tenantId;
    private DateTimeOffset tokenUntil;

    private RandomLife(ApiFixture api, Random random) => (this.api, this.random) = (api, random);

    /// <summary>What each life must have come to, or it would have shown little.</summary>
    internal static IReadOnlyList<string> Happens { get; } =
    [
        "sign-up confirmed", "sign-up waitlisted", "sign-up burnout-limit", "sign-up already-signed-up", "series confirmed", "series series-already-taken", "cancel ok", "confirm confirmed",
        "confirm shift-is-full", "confirm nothing-to-confirm", "check-in ok", "check-in check-in-not-open", "attendance attended", "attendance excused", "attendance no-show", "attendance shift-not-started",
        "debrief ok", "debrief no-debrief-due", "places ok", "places places-taken", "cancel-session ok", "limits ok", "limits passed over", "an offer that lapsed", "too little rest", "a debrief due",
    ];

    internal SortedSet<string> Seen => model.Seen;

    internal bool IsOver => model.Shifts.TrueForAll(s => s.EndsAt <= model.Now);

    internal static async Task<RandomLife> Begin(ApiFixture api, Random random)
    {
        var life = new RandomLife(api, random);
        var tenant = await api.NewTenant();
        (life.admin, life.tenantId) = (tenant.Admin, tenant.Id);
        for (var i = 0; i < 5; i++)
        {
            life.volunteers.Add(await tenant.NewVolunteer());
        }

        // Some are too near to one another for one person: five hours, nine, and eleven, which is just enough until the limits are changed.
        (double Day, double Hour, int Places)[] single = [(2, 5, 1), (4, 0, 1), (4, 9, 2), (7, 0, 2), (7, 15, 1), (9, 6, 1), (11, 0, 1), (14, 0, 2), (14, 12, 1), (16, -12, 1), (18, 0, 1)];
        life.model.Shifts.AddRange(await Task.WhenAll(single.Select(async s => new ShiftModel(await tenant.NewShift(Roster.At(s.Day, s.Hour), minutes: 60, places: s.Places), Roster.At(s.Day, s.Hour), s.Places, inSeries: false))));
        var series = await tenant.NewGroup();
        await tenant.Admin.Post($"/groups/{series}/meetings", Roster.Meeting(Roster.At(2), minutes: 60, places: 1, recurrence: "FREQ=WEEKLY;COUNT=3")).Created();
        var opened = await Eventually.Get(() => tenant.Admin.All("/shifts"), all => all.Count == single.Length + 3);
        life.model.Shifts.AddRange(opened.Where(s => s.GetProperty("groupId").GetGuid() == series)
            .Select(s => new ShiftModel(new OpenedShift(s.Id(), s.GetProperty("sessionId").GetGuid(), series), s.GetProperty("startsAt").GetDateTimeOffset(), 1, inSeries: true)));
        life.model.Shifts.Sort((one, other) => one.StartsAt.CompareTo(other.StartsAt));

        await api.Database.EventsHaveLeft();

        // From tomorrow at nine on, whatever the hour is: all that follows is the same each day.
        api.Host.Clock.Stop();
        life.model.Now = api.Host.Clock.GetUtcNow();
        await life.GoOnTo(Roster.At(1, hours: -3));
        return life;
    }

    /// <summary>What was done, what the service said to it, and what the model says.</summary>
    internal async Task<(string Act, string Told, string Expected)> Act()
    {
        foreach (var signUp in model.SignUps.Where(s => s.Id == default))
        {
            signUp.Id = await api.Database.Scalar<Guid>("SELECT id FROM rostering.sign_ups WHERE volunteer_id = $1 AND shift_id = $2 AND status <> 'cancelled'", signUp.Volunteer, signUp.Shift.Id);
        }

        await GoOnTo(model.Now.AddMinutes(1));
        var act = Acts[random.Next(Acts.Length)];
        var (volunteer, shift) = (volunteers[random.Next(volunteers.Count)], Any(model.Shifts, s => s.EndsAt > model.Now.AddHours(-3) && s.StartsAt < model.Now.AddDays(6))!);
        switch (act)
        {
            case "sign-up":
                return (act, Told(await admin.Post($"/shifts/{shift.Id}/signups", new { volunteerId = volunteer })), model.SignUp(volunteer, shift, overriding: false));
            case "override":
                var because = new { reason = "worker-consent", note = "They insist." };
                return (act, Told(await admin.Post($"/shifts/{shift.Id}/signups", new { volunteerId = volunteer, @override = because })), model.SignUp(volunteer, shift, overriding: true));
            case "series":
                var first = Any([.. model.Shifts.Where(s => s.InSeries)], s => s.EndsAt > model.Now)!;
                var taken = await admin.Post($"/shifts/{first.Id}/standing-signups", new { volunteerId = volunteer });
                var each = taken.Status == System.Net.HttpStatusCode.Created ? string.Join(' ', taken.Json.GetProperty("shifts").EnumerateArray().Select(s => s.GetProperty("status").GetString() ?? s.Text("problem"))) : taken.ProblemType;
                return (act, each, model.TakeSeries(volunteer, first));
            case "cancel" when Any(model.SignUps, s => s.Status is "confirmed" or "offered" or "waitlisted" && s.Shift.StartsAt > model.Now) is { } signUp:
                return (act, Told(await admin.Post($"/signups/{signUp.Id}/cancel")), model.Cancel(signUp));
            case "confirm" when Any(model.SignUps, s => s.Status is "offered" or "waitlisted") is { } signUp:
                return (act, Told(await admin.Post($"/signups/{signUp.Id}/confirm")), model.Confirm(signUp));
            case "check-in" when Any(model.SignUps, s => s.Status == "confirmed" && s.Shift.StartsAt < model.Now.AddHours(2)) is { } signUp:
                return (act, Told(await admin.Post($"/signups/{signUp.Id}/check-in")), model.CheckIn(signUp));
            case "attendance" when Any(model.SignUps, s => s.Status == "confirmed" && s.Shift.StartsAt <= model.Now) is { } signUp:
                var (outcome, minutes, critical) = (((string[])["attended", "attended", "excused", "no-show"])[random.Next(4)], random.Next(1, 61), random.Next(2) == 0);
                return (act, Told(await admin.Post($"/signups/{signUp.Id}/attendance", new { outcome, minutes, critical })), model.Attend(signUp, outcome, minutes, critical));
            case "debrief" when Any(model.SignUps, s => s.Status == "attended") is { } signUp:
                return (act, Told(await admin.Post($"/signups/{signUp.Id}/debrief")), LifeModel.LogDebrief(signUp));
            case "places":
                var (places, version) = (random.Next(1, 4), (await admin.Get($"/shifts/{shift.Id}")).ETag!);
                return (act, Told(await admin.Patch($"/shifts/{shift.Id}", new { places }, ("If-Match", version))), model.ChangePlaces(shift, places));
            case "cancel-session" when random.Next(3) == 0 && shift.StartsAt > model.Now:
                return (act, Told(await admin.Post($"/sessions/{shift.SessionId}/cancel")), model.CancelSession(shift));
            case "limits":
                model.Rest = ((int[])[11, 11, 12, 16])[random.Next(4)];
                return (act, Told(await admin.Send(HttpMethod.Put, "/burnout-policy", new { rules = new[] { new { rule = "rest-between-shifts", warn = 24, refuse = model.Rest } } })), "ok");
            case "time":
                await GoOnTo(model.Shifts.Find(s => s.StartsAt > model.Now && s.StartsAt < model.Now.AddHours(12)) is { } next && random.Next(2) == 0 && next.StartsAt.AddMinutes(random.Next(-90, 60)) is var near && near > model.Now
                    ? near : model.Now.AddMinutes(random.Next(1, 8 * 60)));
                break;
        }

        return (act == "time" ? act : "nothing", "ok", "ok");
    }

    /// <summary>Soon: a session's cancellation and an offer's end arrive by events.</summary>
    internal async Task ShouldBeAsTheModelHasIt(string when)
    {
        var expected = model.Lines().Order(StringComparer.Ordinal).ToList();
        List<string> found = [];
        try
        {
            await Eventually.Get(async () => found = await WhatIs(), lines => lines.SequenceEqual(expected, StringComparer.Ordinal), seconds: 20);
        }
        catch (TimeoutException)
        {
            found.ShouldBe(expected, when);
        }
    }

    private static string Told(Answer answer) => (int)answer.Status >= 300 ? answer.ProblemType : answer.Body.Length > 0 && answer.Json.TryGetProperty("status", out var status) ? status.GetString()! : "ok";

    /// <summary>One of those, now and then one that is none of them.</summary>
    private T? Any<T>(IReadOnlyList<T> all, Func<T, bool> likely)
        where T : class
    {
        var some = random.Next(10) > 0 && all.Where(likely).ToList() is { Count: > 0 } found ? found : all;
        return some.Count == 0 ? null : some[random.Next(some.Count)];
    }

    private async Task GoOnTo(DateTimeOffset then)
    {
        // One offer's end after the other, each looked at: what it leads to may depend on what the one before led to.
        while (model.NextLapse is { } lapse && lapse <= then)
        {
            await Pass(lapse.AddSeconds(lapse.Second == 0 ? 0 : 30));
            model.LetOffersLapse();
            await ShouldBeAsTheModelHasIt($"when offers lapse at {model.Now:u}");
        }

        await Pass(then);
    }

    private async Task Pass(DateTimeOffset then)
    {
        api.Host.Clock.Advance(then - model.Now);
        model.Now = then;
        if (then >= tokenUntil)
        {
            await admin.Renew();
            tokenUntil = then.AddMinutes(8);
        }
    }

    private async Task<List<string>> WhatIs() => [.. (await api.Database.Scalar<string>(
        """
        SELECT string_agg(line, E'\n') FROM (
          SELECT format('sign-up %s for %s: %s%s%s', volunteer_id, shift_id, status, to_char(offered_until AT TIME ZONE 'UTC', '" until "YYYY-MM-DD HH24:MI'), CASE WHEN checked_in_at IS NOT NULL THEN ', checked in' END) AS line
          FROM rostering.sign_ups WHERE tenant_id = $1
          UNION ALL SELECT format('shift %s: %s, %s of %s', id, status, taken, places) FROM rostering.shifts WHERE tenant_id = $1
          UNION ALL SELECT format('load of %s: %s to %s, debrief %s', v.id, to_char(c.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), to_char(c.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), c.debrief)
          FROM rostering.commitments c JOIN rostering.volunteers v ON v.person_id = c.person_id WHERE v.tenant_id = $1) AS lines
        """, tenantId)).Split('\n').Order(StringComparer.Ordinal)];
}
