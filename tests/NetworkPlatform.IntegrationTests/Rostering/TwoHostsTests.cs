using System.Net;

namespace NetworkPlatform.IntegrationTests.Rostering;

/// <summary>Those who compete meet at different hosts of one database; one host alone could keep order in its own memory.</summary>
public sealed class TwoHostsTests(DatabaseServer server)
{
    [Fact]
    public async Task A_swap_against_a_cancellation_leaves_one_of_them()
    {
        await using var api = await ApiFixture.Start(server);
        await using var second = new ApiHost(api.Settings);
        var tenant = await api.NewTenant();
        var there = ApiFixture.At(second, tenant.Admin);
        var outcomes = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < 12; round++)
        {
            var (one, two) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
            var (early, late) = (await tenant.NewShift(Roster.At(3), minutes: 60, places: 1), await tenant.NewShift(Roster.At(3, hours: 2), minutes: 60, places: 1));
            var (mine, theirs) = ((await tenant.SignUp(early, one).Created()).Id(), (await tenant.SignUp(late, two).Created()).Id());
            var swap = (await tenant.Admin.Post($"/signups/{mine}/swaps", new { inReturnSignUpId = theirs }).Created()).Id();

            var cancelled = round % 2 == 0 ? mine : theirs;
            var both = await Task.WhenAll(Task.Run(() => tenant.Admin.Post($"/swaps/{swap}/accept")), Task.Run(() => there.Post($"/signups/{cancelled}/cancel")));

            both.ShouldAllBe(a => a.Status != HttpStatusCode.InternalServerError);
            both.Count(a => a.Status is HttpStatusCode.OK or HttpStatusCode.NoContent).ShouldBe(1, $"{both[0].Body} {both[1].Body}");
            outcomes.Add(both[0].Status == HttpStatusCode.OK ? "swapped" : "cancelled");
            var holders = await api.Database.Scalar<long>("SELECT count(*) FROM rostering.sign_ups WHERE shift_id IN ($1, $2) AND status = 'confirmed'", early.Id, late.Id);
            holders.ShouldBe(both[0].Status == HttpStatusCode.OK ? 2 : 1);
            (await api.Database.Scalar<long>(
                "SELECT count(*) FROM rostering.commitments c JOIN rostering.volunteers v ON v.person_id = c.person_id WHERE v.id IN ($1, $2)", one, two)).ShouldBe(holders);
        }

        outcomes.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task An_offer_against_sign_ups_gives_the_place_to_who_waited()
    {
        await using var api = await ApiFixture.Start(server);
        await using var second = new ApiHost(api.Settings);
        var tenant = await api.NewTenant();
        var there = ApiFixture.At(second, tenant.Admin);
        for (var round = 0; round < 8; round++)
        {
            var shift = await tenant.NewShift(Roster.At(3), minutes: 60, places: 1);
            var held = (await tenant.SignUp(shift, await tenant.NewVolunteer()).Created()).Id();
            var waiting = (await tenant.SignUp(shift, await tenant.NewVolunteer()).Created()).Id();
            var late = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => tenant.NewVolunteer()));

            var all = await Task.WhenAll(late.Index().Select(v => Task.Run(() => (v.Index % 2 == 0 ? tenant.Admin : there).Post($"/shifts/{shift.Id}/signups", new { volunteerId = v.Item })))
                .Append(Task.Run(() => there.Post($"/signups/{held}/cancel"))));

            all.ShouldAllBe(a => a.Status == HttpStatusCode.Created || a.Status == HttpStatusCode.NoContent);
            (await SignUpLifeTests.StatusOf(tenant, waiting)).ShouldBe("offered");
            (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.sign_ups WHERE shift_id = $1 AND status IN ('confirmed', 'offered')", shift.Id)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task One_volunteer_at_two_processes_is_given_the_last_hours_once()
    {
        DatabaseServer.OnPostgreSqlOnly("the second host is a process of its own on it");
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        using var process = await HostProcess.Start(api.Database, rabbitMq: null);
        process.Http.DefaultRequestHeaders.Authorization = tenant.Admin.Http.DefaultRequestHeaders.Authorization;
        var there = new ApiClient(process.Http);
        for (var round = 0; round < 6; round++)
        {
            var volunteer = await tenant.NewVolunteer();
            var shifts = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => tenant.NewShift(Roster.At(3, hours: 3 * i), minutes: 60)));

            var answers = await Task.WhenAll(shifts.Index().Select(s => Task.Run(() => (s.Index % 2 == 0 ? tenant.Admin : there).Post($"/shifts/{s.Item.Id}/signups", new { volunteerId = volunteer }))));

            answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
            answers.Where(a => a.Status != HttpStatusCode.Created).ShouldAllBe(a => a.ProblemType == "burnout-limit");
        }
    }

    [Fact]
    public async Task Limits_that_are_tightened_at_one_host_hold_at_once_at_the_other()
    {
        await using var api = await ApiFixture.Start(server);
        await using var second = new ApiHost(api.Settings);
        var tenant = await api.NewTenant();
        var there = ApiFixture.At(second, tenant.Admin);
        var volunteer = await tenant.NewVolunteer();
        await there.Get("/burnout-policy").Ok();
        var shift = await tenant.NewShift(Roster.At(3), minutes: 120);

        await tenant.Admin.Send(HttpMethod.Put, "/burnout-policy", new { rules = new[] { new { rule = "shift-length", warn = 30, refuse = 60 } } }).Ok();

        (await there.Post($"/shifts/{shift.Id}/signups", new { volunteerId = volunteer })).ShouldBeProblem(422, "burnout-limit");
    }
}
