using System.Net;

namespace NetworkPlatform.IntegrationTests.Rostering.Volunteers;

/// <summary>Being counted over the network is the volunteer's own choice.</summary>
public sealed class NetworkConsentTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Without_consent_the_load_of_each_tenant_counts_alone_and_with_it_all_of_it()
    {
        var (here, there, mine, theirs) = await InTwoTenants(consent: false);
        var me = await here.SignedIn(mine);
        await here.SignUp(await here.NewShift(Roster.At(hours: 3), minutes: 60), mine).Created();
        await there.SignUp(await there.NewShift(Roster.At(hours: 7), minutes: 60), theirs).Created();

        // Ten hours after the shift there, which nobody counts here.
        var morning = await here.NewShift(Roster.At(days: 2, hours: -6), minutes: 60);
        (await Hours(here, mine), await Hours(there, theirs)).ShouldBe((1, 1));
        var allowed = (await here.SignUp(morning, mine).Created()).Id();
        await here.Admin.Post($"/signups/{allowed}/cancel").NoContent();

        await me.Send(HttpMethod.Put, $"/volunteers/{mine}/network-consent", new { given = true, wording = "2026-01" }).NoContent();
        (await Hours(here, mine), await Hours(there, theirs)).ShouldBe((2, 2), "what was taken before counts with it");
        await here.SignUp(morning, mine).Problem(422, "burnout-limit");

        await me.Send(HttpMethod.Put, $"/volunteers/{mine}/network-consent", new { given = false, wording = "2026-01" }).NoContent();
        (await Hours(here, mine), await Hours(there, theirs)).ShouldBe((1, 1));
        await here.SignUp(morning, mine).Created();

        await me.Send(HttpMethod.Put, $"/volunteers/{mine}/network-consent", new { given = true, wording = "2026-02" }).NoContent();
        (await Hours(here, mine), await Hours(there, theirs)).ShouldBe((3, 3));
    }

    [Fact]
    public async Task Each_answer_is_kept_with_its_proof()
    {
        var tenant = await api.NewTenant();
        var id = await tenant.NewVolunteer();
        var me = await tenant.SignedIn(id);

        (await tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{id}/network-consent", new { given = false, wording = "2026-01" })).ShouldBeInvalid("evidence");
        (await tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{id}/network-consent", new { wording = "" })).ShouldBeInvalid("given");
        await tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{id}/network-consent", new { given = false, wording = "2026-01", evidence = "Letter of 3 March" }).NoContent();
        await me.Send(HttpMethod.Put, $"/volunteers/{id}/network-consent", new { given = true, wording = "2026-02" }).NoContent();

        var history = await me.All($"/volunteers/{id}/network-consent");
        history.Select(h => (h.GetProperty("given").GetBoolean(), h.Text("wording"), h.Text("evidence"))).ShouldBe(
            [(true, "registration", "Stated at registration"), (false, "2026-01", "Letter of 3 March"), (true, "2026-02", "")]);
        (await tenant.Admin.Get($"/volunteers/{id}").Ok()).GetProperty("countedOverNetwork").GetBoolean().ShouldBeTrue();
        if (!DatabaseServer.IsSqlServer)
        {
            (await api.Database.Scalar<bool>("SELECT has_table_privilege('networkplatform_app', 'rostering.network_consents', 'UPDATE, DELETE')")).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Withdrawing_moves_what_was_taken_in_every_chapter_whoever_records_it()
    {
        var (here, there, mine, theirs) = await InTwoTenants(consent: true);
        var (one, two) = (await here.NewChapter(), await here.NewChapter());
        await here.SignUp(await here.NewShift(Roster.At(), minutes: 60, groupId: await here.NewGroup(one)), mine).Created();
        await here.SignUp(await here.NewShift(Roster.At(days: 3), minutes: 60, groupId: await here.NewGroup(two)), mine).Created();
        var limited = await api.NewClient(here.Admin, "/clients", new { name = "A coordinator", roles = new[] { "coordinator" }, chapters = new[] { one } });
        (await Hours(there, theirs)).ShouldBe(2);

        await limited.Send(HttpMethod.Put, $"/volunteers/{mine}/network-consent", new { given = false, wording = "2026-01", evidence = "By telephone" }).NoContent();

        (await Hours(here, mine), await Hours(there, theirs)).ShouldBe((2, 0));
    }

    [Fact]
    public async Task Nobody_is_registered_twice_with_and_without_consent()
    {
        var tenant = await api.NewTenant();
        var email = $"once-{Guid.NewGuid():N}@example.org";
        object Body(bool consent) => new { name = "A volunteer", email, networkConsent = consent };
        await tenant.Admin.Post("/volunteers", Body(false)).Created();

        await tenant.Admin.Post("/volunteers", Body(true)).Problem(409, "volunteer-already-registered");
        await tenant.Admin.Post("/volunteers", Body(false)).Problem(409, "volunteer-already-registered");

        var other = $"race-{Guid.NewGuid():N}@example.org";
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => tenant.Admin.Post("/volunteers", new { name = "A volunteer", email = other, networkConsent = i % 2 == 0 })));
        answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.ShouldAllBe(a => a.Status == HttpStatusCode.Created || a.Status == HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Sign_ups_that_compete_with_a_change_of_mind_are_counted_once_each_and_never_pass_a_limit_together()
    {
        for (var round = 0; round < 4; round++)
        {
            var (here, there, mine, theirs) = await InTwoTenants(consent: round % 2 == 0);
            var me = await here.SignedIn(mine);

            // Two shifts without rest between them, in the same tenant: whichever person they are counted by, one of them is refused.
            var (first, second) = (await here.NewShift(Roster.At(hours: 4), minutes: 60), await here.NewShift(Roster.At(hours: 8), minutes: 60));
            var answers = await Task.WhenAll(
                here.SignUp(first, mine),
                me.Send(HttpMethod.Put, $"/volunteers/{mine}/network-consent", new { given = round % 2 != 0, wording = "1" }),
                here.SignUp(second, mine),
                me.Send(HttpMethod.Put, $"/volunteers/{mine}/network-consent", new { given = round % 2 == 0, wording = "2" }));

            answers[1].Status.ShouldBe(HttpStatusCode.NoContent, answers[1].Body);
            answers[3].Status.ShouldBe(HttpStatusCode.NoContent, answers[3].Body);
            ((Answer[])[answers[0], answers[2]]).Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
            var person = await api.Database.Scalar<Guid>("SELECT person_id FROM rostering.volunteers WHERE id = $1", mine);
            (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.commitments c JOIN rostering.sign_ups s ON s.id = c.id WHERE s.volunteer_id = $1 AND c.person_id = $2", mine, person)).ShouldBe(1);
            var counted = (await here.Admin.Get($"/volunteers/{mine}").Ok()).GetProperty("countedOverNetwork").GetBoolean();
            (await Hours(there, theirs)).ShouldBe(counted ? 1 : 0);
        }
    }

    private static async Task<decimal> Hours(Tenant tenant, Guid volunteer) =>
        (await tenant.Admin.Get($"/volunteers/{volunteer}/load").Ok()).GetProperty("rules").EnumerateArray().Single(r => r.Text("rule") == "hours-365d").GetProperty("actual").GetDecimal();

    /// <summary>One human being in two tenants of a network; what they say is about the first.</summary>
    private async Task<(Tenant Here, Tenant There, Guid Mine, Guid Theirs)> InTwoTenants(bool consent)
    {
        var network = await api.NewNetwork();
        var (here, there) = (await network.NewMember(), await network.NewMember());
        var email = $"both-{Guid.NewGuid():N}@example.org";
        return (here, there, (await here.Admin.Post("/volunteers", new { name = "A volunteer", email, networkConsent = consent }).Created()).Id(), await there.NewVolunteer(email));
    }
}
