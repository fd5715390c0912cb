using System.Text.Json;
using NetworkPlatform.IntegrationTests.Rostering.Wellbeing;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.IntegrationTests.Rostering;

/// <summary>Every step of a shift's life is told by an event. One host by itself, since its clock is moved.</summary>
public sealed class EventsOfALifeTests(DatabaseServer server)
{
    [Fact]
    public async Task Every_step_is_an_event()
    {
        DatabaseServer.OnPostgreSqlOnly("a trigger keeps what is published.");
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant("Etc/UTC");
        var people = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => tenant.NewVolunteer()));
        var me = await tenant.AsThemselves(people[5]);
        await KeepPublished(api);

        // Asked for, waited for, offered, moved, declined, confirmed.
        var shift = await tenant.NewShift(Roster.At(5), minutes: 60, places: 1);
        var held = await SignUp(shift, 0);
        var (second, third) = (await SignUp(shift, 1), await SignUp(shift, 2));
        await tenant.Admin.Post($"/signups/{held}/cancel").NoContent();
        await tenant.Admin.Post($"/sessions/{shift.SessionId}/move", new { startsOn = Roster.At(6).ToString("yyyy-MM-dd"), startTime = "12:00" }).Ok();
        await Eventually.Get(() => tenant.Admin.Get($"/shifts/{shift.Id}").Ok(), s => s.GetProperty("startsAt").GetDateTimeOffset() == Roster.At(6));
        await tenant.Admin.Post($"/signups/{second}/cancel").NoContent();
        await tenant.Admin.Post($"/signups/{third}/confirm").Ok();
        var life = (List<string>)[
            "PlacesOpened", "VolunteerSignedUp", "VolunteerWaitlisted", "VolunteerWaitlisted", "OfferTimeUp PlaceOffered SignUpCancelled",
            "OfferTimeUp PlaceOffered ShiftMoved VolunteerWaitlisted", "OfferTimeUp PlaceOffered SignUpCancelled", "VolunteerSignedUp"];

        // Handed over, after nobody would at first.
        var nobody = (await tenant.Admin.Post($"/signups/{third}/swaps", new { }).Created()).Id();
        await tenant.Admin.Post($"/swaps/{nobody}/decline").NoContent();
        var somebody = (await tenant.Admin.Post($"/signups/{third}/swaps", new { toVolunteerId = people[0] }).Created()).Id();
        var handedOver = (await tenant.Admin.Post($"/swaps/{somebody}/accept").Ok()).GetProperty("signUpId").GetGuid();
        life.AddRange(["SwapRequested SwapTimeUp", "SwapEnded", "SwapRequested SwapTimeUp", "SignUpCancelled SwapEnded VolunteerSignedUp"]);

        // Past the limits, and cancelled with its session.
        var near = await tenant.NewShift(Roster.At(6, hours: 3), minutes: 60, places: 1);
        await tenant.Admin.Post($"/shifts/{near.Id}/signups", new { volunteerId = people[0], @override = new { reason = "worker-consent", note = "They insist." } }).Created();
        await tenant.Admin.Post($"/sessions/{near.SessionId}/cancel").NoContent();
        await Eventually.Get(async () => (await tenant.Admin.Get($"/shifts/{near.Id}").Ok()).Text("status"), status => status == "cancelled");
        life.AddRange(["PlacesOpened", "VolunteerOverloaded VolunteerSignedUp", "SignUpCancelled"]);

        // In a series, which leaves out a holiday.
        var chapter = await tenant.NewChapter();
        var weekly = await tenant.NewShift(Roster.At(12), groupId: await tenant.NewGroup(chapter));
        await tenant.Admin.Post($"/shifts/{weekly.Id}/standing-signups", new { volunteerId = people[3] }).Created();
        await tenant.Admin.Send(HttpMethod.Put, $"/chapters/{chapter}/holidays", new { holidays = new[] { new { date = Roster.At(19).ToString("yyyy-MM-dd"), name = "Founders' Day" } } }).NoContent();
        await tenant.NewShift(Roster.At(19), groupId: weekly.GroupId);
        life.AddRange(["PlacesOpened", "VolunteerSignedUp", "PlacesOpened StandingSignUpSkipped"]);

        await me.Post($"/volunteers/{people[5]}/check-ins", CheckInTests.Who5(3)).Created();
        life.Add("WellbeingChecked");

        // On the day: there, talked over; excused, not there; given back too late.
        await GoOnTo(Roster.At(6).AddMinutes(5));
        await tenant.Admin.Post($"/signups/{handedOver}/check-in").Ok();
        await tenant.Admin.Post($"/signups/{handedOver}/attendance", new { outcome = "attended", critical = true }).Ok();
        await tenant.Admin.Post($"/signups/{handedOver}/debrief").Ok();
        life.AddRange(["VolunteerCheckedIn", "DebriefNeeded ShiftCompleted", "DebriefLogged"]);
        var underWay = await tenant.NewShift(Roster.At(6), minutes: 60);
        var (excused, absent) = (await SignUp(underWay, 1), await SignUp(underWay, 2));
        await tenant.Admin.Post($"/signups/{excused}/attendance", new { outcome = "excused" }).Ok();
        await tenant.Admin.Post($"/signups/{absent}/attendance", new { outcome = "no-show" }).Ok();
        life.AddRange(["PlacesOpened", "VolunteerSignedUp", "VolunteerSignedUp", "ShiftCompleted", "ShiftCompleted"]);
        var soon = await tenant.NewShift(Roster.At(6, hours: 3), minutes: 60, places: 1);
        await tenant.Admin.Post($"/signups/{await SignUp(soon, 4)}/cancel").NoContent();
        life.AddRange(["PlacesOpened", "VolunteerSignedUp", "ShiftUncovered SignUpCancelled SignUpCancelledLate"]);

        // Offered, and not answered.
        var later = await tenant.NewShift(Roster.At(9), minutes: 60, places: 1);
        var (given, silent) = (await SignUp(later, 4), await SignUp(later, 5));
        await tenant.Admin.Post($"/signups/{given}/cancel").NoContent();
        await GoOnTo(Roster.At(7, hours: 6));
        await Eventually.Get(() => SignUpLifeTests.StatusOf(tenant, silent), status => status == "cancelled");
        life.AddRange(["PlacesOpened", "VolunteerSignedUp", "VolunteerWaitlisted", "OfferTimeUp PlaceOffered SignUpCancelled", "ShiftUncovered SignUpCancelled"]);

        (await api.Database.Scalar<string>(
            """
            SELECT string_agg(names, E'\n' ORDER BY first) FROM (
              SELECT string_agg(split_part(type, '.', 4), ' ' ORDER BY type COLLATE "C") AS names, min(number) AS first
              FROM public.published WHERE type LIKE 'NetworkPlatform.Rostering.Contracts.%' GROUP BY with_transaction) told
            """)).Split('\n').ShouldBe(life);
        typeof(PlacesOpened).Assembly.GetExportedTypes().Select(t => t.Name).Except(life.SelectMany(l => l.Split(' ')), StringComparer.Ordinal).ShouldBeEmpty("each event has its place in this life");
        (await api.Database.Scalar<string>("SELECT string_agg(body::jsonb ->> 'Outcome', ' ' ORDER BY number) FROM public.published WHERE type LIKE '%.ShiftCompleted'")).ShouldBe("attended excused no-show");

        async Task<Guid> SignUp(OpenedShift shift, int who) => (await tenant.SignUp(shift, people[who]).Created()).Id();

        Task GoOnTo(DateTimeOffset then)
        {
            api.Host.Clock.Advance(then - api.Host.Clock.GetUtcNow());
            return tenant.Admin.Renew();
        }
    }

    [Fact]
    public async Task How_a_shift_ended_is_read_also_from_an_event_that_does_not_name_the_outcome_yet()
    {
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        var signUp = Guid.CreateVersion7();
        var body = JsonSerializer.Serialize(new
        {
            SignUpId = signUp,
            ShiftId = signUp,
            SessionId = (Guid?)null,
            GroupId = (Guid?)null,
            ChapterId = signUp,
            VolunteerId = signUp,
            StartedAt = Roster.At(-3),
            Minutes = 45,
            Attended = true,
        });

        await api.Database.Execute(
            "INSERT INTO platform.outbox_messages (id, tenant_id, type, body, at, due_at, attempts) VALUES ($1, $2, 'NetworkPlatform.Rostering.Contracts.ShiftCompleted', $3, $4, $4, 0)",
            Guid.CreateVersion7(), tenant.Id, body, DateTimeOffset.UtcNow);

        await Eventually.Get(() => api.Database.Scalar<long>("SELECT count(*) FROM insights.attendance_facts WHERE tenant_id = $1 AND minutes = 45", tenant.Id), facts => facts == 1);
    }

    /// <summary>Keeps all that is published, since the relay forgets what has left. What one transaction publishes is one line.</summary>
    private static Task KeepPublished(ApiFixture api) => api.Database.Execute(
        """
        CREATE TABLE public.published (number bigserial, with_transaction xid8 NOT NULL DEFAULT pg_current_xact_id(), type text, body text);
        CREATE FUNCTION public.keep_published() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
          'BEGIN INSERT INTO public.published (type, body) VALUES (NEW.type, NEW.body); RETURN NULL; END';
        CREATE TRIGGER keep_published AFTER INSERT ON platform.outbox_messages FOR EACH ROW EXECUTE FUNCTION public.keep_published();
        """);
}
