using System.Net;

namespace NetworkPlatform.IntegrationTests.Rostering;

/// <summary>Those who compete meet at two processes on one database; one alone could keep order in its own memory.</summary>
public sealed class TwoHostsTests(DatabaseServer server)
{
    /// <summary>In the first rounds both stand before the same lock, once in either order; after them they meet as it happens.</summary>
    [Fact]
    public async Task A_swap_against_a_cancellation_leaves_one_of_them()
    {
        DatabaseServer.OnPostgreSqlOnly(AnotherProcess);
        await using var api = await ApiFixture.Start(server);
        using var process = await HostProcess.Start(api.Database, rabbitMq: null);
        var tenant = await api.NewTenant();
        var there = process.As(tenant.Admin);
        var outcomes = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; round < 12; round++)
        {
            var (one, two) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
            var (early, late) = (await tenant.NewShift(Roster.At(3), minutes: 60, places: 1), await tenant.NewShift(Roster.At(3, hours: 2), minutes: 60, places: 1));
            var (mine, theirs) = ((await tenant.SignUp(early, one).Created()).Id(), (await tenant.SignUp(late, two).Created()).Id());
            var swap = (await tenant.Admin.Post($"/signups/{mine}/swaps", new { inReturnSignUpId = theirs }).Created()).Id();

            var (cancelled, shift) = round % 2 == 0 ? (mine, early) : (theirs, late);
            var accept = () => tenant.Admin.Post($"/swaps/{swap}/accept");
            var cancel = () => there.Post($"/signups/{cancelled}/cancel");
            var both = round switch
            {
                0 or 1 => await InLine(api, shift, accept, cancel),
                2 or 3 => [.. (await InLine(api, shift, cancel, accept)).Reverse()],
                _ => await Task.WhenAll(Task.Run(accept), Task.Run(cancel)),
            };

            both.ShouldAllBe(a => a.Status != HttpStatusCode.InternalServerError);
            both.Count(a => a.Status is HttpStatusCode.OK or HttpStatusCode.NoContent).ShouldBe(1, $"{both[0].Body} {both[1].Body}");
            outcomes.Add(both[0].Status == HttpStatusCode.OK ? "swapped" : "cancelled");
            var holders = await api.Database.Scalar<long>("SELECT count(*) FROM rostering.sign_ups WHERE shift_id IN ($1, $2) AND status = 'confirmed'", early.Id, late.Id);
            holders.ShouldBe(both[0].Status == HttpStatusCode.OK ? 2 : 1);
            (await api.Database.Scalar<long>(
                "SELECT count(*) FROM rostering.commitments c JOIN rostering.volunteers v ON v.person_id = c.person_id WHERE v.id IN ($1, $2)", one, two)).ShouldBe(holders);
        }

        outcomes.ShouldBe(["swapped", "cancelled"], ignoreOrder: true);
        (await api.Database.Deadlocks()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_offer_against_sign_ups_gives_the_place_to_who_waited()
    {
        DatabaseServer.OnPostgreSqlOnly(AnotherProcess);
        await using var api = await ApiFixture.Start(server);
        using var process = await HostProcess.Start(api.Database, rabbitMq: null);
        var tenant = await api.NewTenant();
        var there = process.As(tenant.Admin);
        for (var round = 0; round < 6; round++)
        {
            var shift = await tenant.NewShift(Roster.At(3), minutes: 60, places: 1);
            var held = (await tenant.SignUp(shift, await tenant.NewVolunteer()).Created()).Id();
            var waiting = (await tenant.SignUp(shift, await tenant.NewVolunteer()).Created()).Id();
            var late = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => tenant.NewVolunteer()));

            // All stand before the shift's lock: the one that frees the place is the first of them, the last, and in between.
            var acts = late.Select((volunteer, index) => SignUp(index % 2 == 0 ? tenant.Admin : there, shift, volunteer)).ToList();
            acts.Insert(round, () => there.Post($"/signups/{held}/cancel"));
            var all = await InLine(api, shift, [.. acts]);

            all.ShouldAllBe(a => a.Status == HttpStatusCode.Created || a.Status == HttpStatusCode.NoContent);
            (await SignUpLifeTests.StatusOf(tenant, waiting)).ShouldBe("offered");
            (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.sign_ups WHERE shift_id = $1 AND status IN ('confirmed', 'offered')", shift.Id)).ShouldBe(1);
        }

        (await api.Database.Deadlocks()).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_place_at_two_processes_is_given_once()
    {
        DatabaseServer.OnPostgreSqlOnly(AnotherProcess);
        await using var api = await ApiFixture.Start(server);
        using var process = await HostProcess.Start(api.Database, rabbitMq: null);
        var tenant = await api.NewTenant();
        var there = process.As(tenant.Admin);
        for (var round = 0; round < 6; round++)
        {
            var shift = await tenant.NewShift(Roster.At(3), minutes: 60, places: 1);
            var volunteers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.NewVolunteer()));
            var acts = volunteers.Select((volunteer, index) => SignUp((index + round) % 2 == 0 ? tenant.Admin : there, shift, volunteer)).ToArray();

            var answers = round < 3 ? await InLine(api, shift, acts) : await Task.WhenAll(acts.Select(Task.Run));

            answers.ShouldAllBe(a => a.Status == HttpStatusCode.Created);
            answers.Count(a => a.Json.Text("status") == "confirmed").ShouldBe(1);
            (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.sign_ups WHERE shift_id = $1 AND status = 'confirmed'", shift.Id)).ShouldBe(1);
            (await api.Database.Scalar<int>("SELECT taken FROM rostering.shifts WHERE id = $1", shift.Id)).ShouldBe(1);
        }

        (await api.Database.Deadlocks()).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_volunteer_at_two_processes_is_given_the_last_hours_once()
    {
        DatabaseServer.OnPostgreSqlOnly(AnotherProcess);
        await using var api = await ApiFixture.Start(server);
        var tenant = await api.NewTenant();
        using var process = await HostProcess.Start(api.Database, rabbitMq: null);
        var there = process.As(tenant.Admin);
        for (var round = 0; round < 6; round++)
        {
            var volunteer = await tenant.NewVolunteer();
            var shifts = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => tenant.NewShift(Roster.At(3, hours: 3 * i), minutes: 60)));

            var answers = await Task.WhenAll(shifts.Select((shift, index) => Task.Run(SignUp(index % 2 == 0 ? tenant.Admin : there, shift, volunteer))));

            answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
            answers.Where(a => a.Status != HttpStatusCode.Created).ShouldAllBe(a => a.ProblemType == "burnout-limit");
        }

        (await api.Database.Deadlocks()).ShouldBeEmpty();
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

    private const string AnotherProcess = "the second host is a process of its own on it";

    private static Func<Task<Answer>> SignUp(ApiClient at, OpenedShift shift, Guid volunteer) => () => at.Post($"/shifts/{shift.Id}/signups", new { volunteerId = volunteer });

    /// <summary>Lets all of them come to the shift's lock, one after the other, before the first may have it.</summary>
    private static async Task<Answer[]> InLine(ApiFixture api, OpenedShift shift, params Func<Task<Answer>>[] acts)
    {
        await using var holder = await api.Database.Open(api.Database.Superuser);
        await using var transaction = await holder.BeginTransactionAsync();
        await TestDatabase.Execute(holder, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", $"shift {shift.Id}");
        List<Task<Answer>> answers = [];
        foreach (var act in acts)
        {
            answers.Add(Task.Run(act));
            await Eventually.Get(() => api.Database.WaitingForLock("advisory"), waiting => waiting >= answers.Count);
        }

        await transaction.CommitAsync();
        return await Task.WhenAll(answers);
    }
}
