using System.Globalization;
using System.Text;

namespace NetworkPlatform.IntegrationTests.Rostering.Wellbeing;

/// <summary>How a volunteer is, is theirs to know.</summary>
public sealed class CheckInTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_volunteer_reads_their_own_scores_and_takes_them_back()
    {
        var tenant = await api.NewTenant();
        var id = await tenant.NewVolunteer();
        var me = await tenant.AsThemselves(id);

        var first = (await me.Post($"/volunteers/{id}/check-ins", Who5(3)).Created()).Id();
        var second = (await me.Post($"/volunteers/{id}/check-ins", Proqol5(3)).Created()).Id();
        var third = (await me.Post($"/volunteers/{id}/check-ins", new { questionnaire = "cbi", answers = new Dictionary<string, int>(StringComparer.Ordinal) { ["personal-1"] = 75, ["personal-2"] = 50, ["personal-3"] = 100 }, consent = true }).Created()).Id();

        var mine = await me.All($"/volunteers/{id}/check-ins");
        mine.Select(c => c.Id()).ShouldBe([first, second, third]);
        mine[0].GetProperty("scores")[0].GetProperty("score").GetDecimal().ShouldBe(60);
        mine[2].GetProperty("scores").EnumerateArray().Select(s => s.GetProperty("score").ToString()).ShouldBe(["75", "", ""]);
        var one = await me.Get($"/check-ins/{second}").Ok();
        one.GetProperty("answers").GetProperty("30").GetInt32().ShouldBe(3);
        one.GetProperty("support").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);

        await me.Delete($"/check-ins/{first}").NoContent();
        (await me.Get($"/check-ins/{first}")).ShouldBeProblem(404, "check-in-not-found");
        await me.Delete($"/volunteers/{id}/check-ins").NoContent();
        (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.check_ins WHERE volunteer_id = $1", id)).ShouldBe(0);
    }

    [Fact]
    public async Task Who_no_longer_stands_for_the_volunteer_still_takes_back_what_they_have_answered()
    {
        var tenant = await api.NewTenant();
        var (before, after) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var person = await tenant.NewPerson();
        await Link(before, person.Id);
        var me = await person.Api();
        await me.Post($"/volunteers/{before}/check-ins", Who5(3)).Created();
        await Link(before, null);

        (await me.All($"/volunteers/{before}/check-ins")).ShouldHaveSingleItem();
        await Link(after, person.Id);
        (await me.All($"/volunteers/{after}/check-ins")).ShouldHaveSingleItem();
        await (await tenant.AsSomebody()).Get($"/volunteers/{before}/check-ins").Problem(404, "volunteer-not-found");

        await me.Delete($"/volunteers/{before}/check-ins").NoContent();
        (await me.All($"/volunteers/{after}/check-ins")).ShouldBeEmpty();

        Task Link(Guid volunteer, Guid? account) => tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{volunteer}/account", new { accountId = account }).NoContent();
    }

    [Fact]
    public async Task Nobody_else_finds_anything_whatever_their_role()
    {
        var tenant = await api.NewTenant();
        var (mine, other) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var me = await tenant.AsThemselves(mine);
        var checkIn = (await me.Post($"/volunteers/{mine}/check-ins", Who5(3)).Created()).Id();
        ApiClient[] others =
        [
            tenant.Admin, await tenant.AsThemselves(other), await tenant.AsSomebody("tenant-admin", "coordinator"), await tenant.ClientAs("volunteer"), await tenant.ClientAs("finance"), await tenant.ClientAs("viewer"),
        ];

        foreach (var client in others)
        {
            (await client.Get($"/volunteers/{mine}/check-ins")).ShouldBeProblem(404, "volunteer-not-found");
            (await client.Get($"/check-ins/{checkIn}")).ShouldBeProblem(404, "check-in-not-found");
            (await client.Post($"/volunteers/{mine}/check-ins", Who5(0))).ShouldBeProblem(404, "volunteer-not-found");
            (await client.Delete($"/check-ins/{checkIn}")).ShouldBeProblem(404, "check-in-not-found");
            (await client.Delete($"/volunteers/{mine}/check-ins")).ShouldBeProblem(404, "volunteer-not-found");
        }

        (await me.All($"/volunteers/{mine}/check-ins")).ShouldHaveSingleItem();

        // Whoever comes to stand for the volunteer by another account finds none of theirs.
        var successor = await tenant.AsThemselves(mine);
        (await successor.All($"/volunteers/{mine}/check-ins")).ShouldBeEmpty();
        (await successor.Get($"/check-ins/{checkIn}")).ShouldBeProblem(404, "check-in-not-found");
    }

    [Fact]
    public async Task The_answers_are_nowhere_in_the_database_in_the_clear()
    {
        DatabaseServer.OnPostgreSqlOnly("it looks into rows as text.");
        var tenant = await api.NewTenant();
        var id = await tenant.NewVolunteer();
        var me = await tenant.AsThemselves(id);
        var other = await tenant.NewVolunteer();
        var body = Who5(1);
        const string Key = "a-key-that-is-kept";

        var checkIn = (await me.Post($"/volunteers/{id}/check-ins", body, ("Idempotency-Key", Key)).Created()).Id();
        (await me.Post($"/volunteers/{id}/check-ins", body, ("Idempotency-Key", Key)).Created()).Id().ShouldBe(checkIn);
        (await me.Post($"/volunteers/{id}/check-ins", Who5(2), ("Idempotency-Key", Key))).ShouldBeProblem(422, "idempotency-key-reused");

        var stored = await api.Database.Scalar<byte[]>("SELECT encrypted_answers FROM rostering.check_ins WHERE id = $1", checkIn);
        Encoding.UTF8.GetString(stored).ShouldNotContain("uestionnaire");
        (await api.Database.Scalar<long>("SELECT count(*) FROM platform.idempotent_answers WHERE tenant_id = $1 AND response NOT LIKE $2", tenant.Id, $"%{checkIn}%")).ShouldBe(1);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(JsonBytes(body)));
        (await api.Database.Scalar<long>("SELECT count(*) FROM platform.idempotent_answers WHERE fingerprint = $1", hash)).ShouldBe(0, "a hash of so few possible answers gives them away");
        (await api.Database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages WHERE body LIKE $1", $"%{id}%")).ShouldBe(0);

        // Moved into another's row they cannot be read.
        var reader = await tenant.AsThemselves(other);
        await api.Database.Execute("UPDATE rostering.check_ins SET volunteer_id = $1, account_id = (SELECT account_id FROM rostering.volunteers WHERE id = $1) WHERE id = $2", other, checkIn);
        (await reader.Get($"/check-ins/{checkIn}")).ShouldBeProblem(500, "unexpected-failure");
    }

    [Fact]
    public async Task The_audit_tells_neither_who_has_answered_nor_which_answers_they_have_taken_back()
    {
        var tenant = await api.NewTenant();
        var (id, person) = (await tenant.NewVolunteer(), await tenant.NewPerson());
        await tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{id}/account", new { accountId = person.Id }).NoContent();
        var me = await person.Api();
        var first = (await me.Post($"/volunteers/{id}/check-ins", Who5(3), ("X-Reason", "a hard week")).Created()).Id();
        await me.Post($"/volunteers/{id}/check-ins", Who5(4)).Created();
        await me.Delete($"/check-ins/{first}").NoContent();
        await me.Delete($"/volunteers/{id}/check-ins").NoContent();

        var entries = await tenant.Admin.All("/audit");

        var told = entries.FindAll(e => e.Text("action").Contains("check-in", StringComparison.Ordinal));
        told.Select(e => e.Text("action")).ShouldBe(["withdraw-check-ins", "withdraw-check-in", "record-check-in", "record-check-in"]);
        told.ShouldAllBe(e => e.Text("actor") == "withheld" && e.Text("records").Length == 0 && e.GetProperty("reason").ValueKind == System.Text.Json.JsonValueKind.Null
            && e.GetProperty("traceId").ValueKind == System.Text.Json.JsonValueKind.Null);
        (await tenant.Admin.All($"/audit?actor={person.Id}")).ShouldNotContain(e => e.Text("action").Contains("check-in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task High_burnout_offers_support_in_the_tenants_own_words_and_stands_in_the_way_of_nothing()
    {
        var tenant = await api.NewTenant();
        var id = await tenant.NewVolunteer();
        var me = await tenant.AsThemselves(id);
        await tenant.Admin.Send(HttpMethod.Put, "/support-offer", new { text = "Call Ruth on extension 7, any day." }).NoContent();
        int[] reversed = [1, 4, 15, 17, 29];

        var checkIn = (await me.Post($"/volunteers/{id}/check-ins", Form("proqol5", 30, item => reversed.Contains(item) ? 1 : 5)).Created()).Id();

        var read = await me.Get($"/check-ins/{checkIn}").Ok();
        read.GetProperty("scores")[1].GetProperty("score").GetInt32().ShouldBe(50);
        read.GetProperty("scores")[1].Text("band").ShouldBe("high");
        read.GetProperty("support").Text("text").ShouldBe("Call Ruth on extension 7, any day.");
        await tenant.SignUp(await tenant.NewShift(Roster.At()), id).Created();
    }

    [Fact]
    public async Task Answers_that_cannot_be_are_refused_item_by_item()
    {
        var tenant = await api.NewTenant();
        var id = await tenant.NewVolunteer();
        var me = await tenant.AsThemselves(id);

        (await Send(Form("proqol5", 30, item => item == 7 ? 6 : 3))).ShouldBeInvalid("answers.7");
        (await Send(Form("proqol5", 29, _ => 3))).ShouldBeInvalid("answers");
        (await Send(Form("who5", 6, _ => 3))).ShouldBeInvalid("answers.6");
        (await Send(new { questionnaire = "cbi", answers = new Dictionary<string, int>(StringComparer.Ordinal) { ["work-7"] = 60 }, consent = true })).ShouldBeInvalid("answers.work-7");
        (await Send(new { questionnaire = "cbi", answers = new { }, consent = true })).ShouldBeInvalid("answers");
        (await Send(new { questionnaire = "who5", answers = Form(5, _ => 3) })).ShouldBeInvalid("consent");
        (await Send(new { answers = Form(5, _ => 3), consent = true })).ShouldBeInvalid("questionnaire");

        (await me.All($"/volunteers/{id}/check-ins")).ShouldBeEmpty();

        Task<Answer> Send(object body) => me.Post($"/volunteers/{id}/check-ins", body);
    }

    internal static object Who5(int answer) => Form("who5", 5, _ => answer);

    private static object Proqol5(int answer) => Form("proqol5", 30, _ => answer);

    private static object Form(string questionnaire, int items, Func<int, int> answer) => new { questionnaire, answers = Form(items, answer), consent = true };

    private static Dictionary<string, int> Form(int items, Func<int, int> answer) =>
        Enumerable.Range(1, items).ToDictionary(i => i.ToString(CultureInfo.InvariantCulture), answer, StringComparer.Ordinal);

    private static byte[] JsonBytes(object body) => System.Net.Http.Json.JsonContent.Create(body).ReadAsByteArrayAsync().GetAwaiter().GetResult();
}
