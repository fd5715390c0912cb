using System.Net;

namespace NetworkPlatform.IntegrationTests.Rostering;

/// <summary>A host that lets two hundred requests of a tenant into the database at once, where others let in sixteen.</summary>
public sealed class CrowdedFixture(DatabaseServer server) : ApiFixture(server)
{
    internal const int Clients = 200;

    public override Dictionary<string, string> Settings
    {
        get
        {
            var settings = base.Settings;
            settings["RateLimits:Tenant:AtOnce"] = $"{Clients}";
            if (!DatabaseServer.IsSqlServer)
            {
                settings["Database:ConnectionString"] += $";Maximum Pool Size={Clients}";
            }

            return settings;
        }
    }
}

/// <summary>Two hundred clients at once.</summary>
public sealed class CompetitionTests(CrowdedFixture api) : IClassFixture<CrowdedFixture>
{
    private const int Clients = CrowdedFixture.Clients;

    [Fact]
    public async Task One_place_goes_to_one_of_two_hundred_and_the_rest_wait_in_line()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At(), places: 1);
        var volunteers = await Many(Clients, _ => tenant.NewVolunteer());

        var answers = await Compete(tenant, volunteers.Select(v => (shift, v)));

        answers.Count(a => a.Status == HttpStatusCode.Created && a.Json.Text("status") == "confirmed").ShouldBe(1);
        answers.Count(a => a.Status == HttpStatusCode.Created && a.Json.Text("status") == "waitlisted").ShouldBe(Clients - 1);
        (await api.Database.Scalar<int>("SELECT taken FROM rostering.shifts WHERE id = $1", shift.Id)).ShouldBe(1);
        (await Confirmed(shift)).ShouldBe(1);
        (await api.Database.Deadlocks()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Places_are_never_oversold_while_others_cancel()
    {
        const int Places = 5;
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At(), places: Places);
        var volunteers = await Many(60, _ => tenant.NewVolunteer());

        await Parallel.ForEachAsync(volunteers.Index(), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (v, _) =>
        {
            var signUp = await tenant.SignUp(shift, v.Item).Created();
            (await Confirmed(shift)).ShouldBeLessThanOrEqualTo(Places);
            if (v.Index % 3 == 0)
            {
                await tenant.Admin.Post($"/signups/{signUp.Id()}/cancel");
            }
        });

        (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.sign_ups WHERE shift_id = $1 AND status IN ('confirmed', 'offered')", shift.Id)).ShouldBe(Places);
        (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.commitments c JOIN rostering.sign_ups s ON s.id = c.id WHERE s.shift_id = $1", shift.Id)).ShouldBe(Places);
        (await api.Database.Scalar<int>("SELECT taken FROM rostering.shifts WHERE id = $1", shift.Id)).ShouldBe(Places);
        (await api.Database.Deadlocks()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_signs_up_waits_for_nobody_else_who_does_and_who_gives_back_for_all()
    {
        DatabaseServer.OnPostgreSqlOnly("pg_stat_activity, to see who waits.");
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At(), places: 2);
        var (held, free) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        await using var other = await api.Database.Open(api.Database.Superuser);
        await using var transaction = await other.BeginTransactionAsync();
        await TestDatabase.Execute(other, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", $"volunteer {held}");

        var waiting = tenant.SignUp(shift, held);
        await Eventually.Get(() => api.Database.WaitingForLock("advisory"), count => count == 1);
        var signUp = await tenant.SignUp(shift, free).Created();
        var cancelling = tenant.Admin.Post($"/signups/{signUp.Id()}/cancel");
        await Eventually.Get(() => api.Database.WaitingForLock("advisory"), count => count == 2);
        await transaction.CommitAsync();

        signUp.Text("status").ShouldBe("confirmed");
        (await waiting.Created()).Text("status").ShouldBe("confirmed");
        await cancelling.NoContent();
        (await api.Database.Scalar<int>("SELECT taken FROM rostering.shifts WHERE id = $1", shift.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task The_last_hours_of_a_volunteers_week_are_given_once()
    {
        // Ten hours in four days leave two of the twelve that seven days may have. Twenty shifts of two hours, in two tenants of the network, want them.
        var network = await api.NewNetwork();
        var (here, there) = (await network.NewMember(), await network.NewMember());
        var email = $"busy-{Guid.NewGuid():N}@example.org";
        var (hereId, thereId) = (await here.NewVolunteer(email), await there.NewVolunteer(email));
        foreach (var day in (int[])[1, 2, 3, 4])
        {
            await here.SignUp(await here.NewShift(Roster.At(day), minutes: 150), hereId).Created();
        }

        List<(Tenant Tenant, OpenedShift Shift, Guid Volunteer)> wanted = [];
        foreach (var index in Enumerable.Range(0, 10))
        {
            var startsAt = Roster.At(6, hours: index % 2 * 20).AddMinutes(index);
            wanted.Add((here, await here.NewShift(startsAt, minutes: 120), hereId));
            wanted.Add((there, await there.NewShift(startsAt.AddMinutes(30), minutes: 120), thereId));
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => wanted[i % wanted.Count])
            .Select(w => Task.Run(() => w.Tenant.SignUp(w.Shift, w.Volunteer))));

        answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Where(a => a.Status != HttpStatusCode.Created).ShouldAllBe(a => (a.Status == HttpStatusCode.UnprocessableEntity && a.ProblemType == "burnout-limit")
            || (a.Status == HttpStatusCode.Conflict && (a.ProblemType == "shift-overlap" || a.ProblemType == "already-signed-up")));
        var hours = DatabaseServer.IsSqlServer ? "sum(datediff(minute, starts_at, ends_at)) / 60.0" : "sum(extract(epoch FROM ends_at - starts_at)) / 3600";
        (await api.Database.Scalar<decimal>(
            $"SELECT {hours} FROM rostering.commitments c JOIN rostering.volunteers v ON v.person_id = c.person_id WHERE v.id = $1", hereId)).ShouldBe(12);
        (await api.Database.Deadlocks()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancellation_among_sign_ups_leaves_nobody_signed_up()
    {
        var tenant = await api.NewTenant();
        for (var round = 0; round < 5; round++)
        {
            var shift = await tenant.NewShift(Roster.At(), places: 2);
            var volunteers = await Many(20, _ => tenant.NewVolunteer());

            var signUps = Compete(tenant, volunteers.Select(v => (shift, v)));
            await tenant.Admin.Post($"/sessions/{shift.SessionId}/cancel").NoContent();
            (await signUps).ShouldAllBe(a => a.Status == HttpStatusCode.Created || a.ProblemType == "shift-is-cancelled");

            await Eventually.Get(async () => (await tenant.Admin.Get($"/shifts/{shift.Id}").Ok()).Text("status"), status => status == "cancelled");
            await Eventually.Get(() => api.Database.Scalar<long>("SELECT count(*) FROM rostering.sign_ups WHERE shift_id = $1 AND status <> 'cancelled'", shift.Id), active => active == 0);
            (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.commitments c JOIN rostering.sign_ups s ON s.id = c.id WHERE s.shift_id = $1", shift.Id)).ShouldBe(0);
        }

        (await api.Database.Deadlocks()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deadlock_would_be_seen()
    {
        DatabaseServer.OnPostgreSqlOnly("its log is read.");
        await using var own = await ApiFixture.Start(api.Server);

        (await Should.ThrowAsync<System.Data.Common.DbException>(Task.WhenAll(Cross(1, 2), Cross(2, 1)))).SqlState.ShouldBe("40P01");

        (await own.Database.Deadlocks()).ShouldContain("deadlock detected");
        (await api.Database.Deadlocks()).ShouldBeEmpty("it is another database's");

        async Task Cross(long mine, long other)
        {
            await using var connection = await own.Database.Open(own.Database.Superuser);
            await using var transaction = await connection.BeginTransactionAsync();
            await TestDatabase.Execute(connection, "SELECT pg_advisory_xact_lock($1)", mine);
            await Eventually.Get(() => own.Database.Scalar<long>("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid IN (1, 2)"), held => held == 2);
            await TestDatabase.Execute(connection, "SELECT pg_advisory_xact_lock($1)", other);
        }
    }

    private static async Task<IReadOnlyList<T>> Many<T>(int count, Func<int, Task<T>> make)
    {
        var all = new T[count];
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) => all[i] = await make(i));
        return all;
    }

    private static Task<Answer[]> Compete(Tenant tenant, IEnumerable<(OpenedShift Shift, Guid Volunteer)> wishes) =>
        Task.WhenAll(wishes.Select(w => Task.Run(() => tenant.SignUp(w.Shift, w.Volunteer))));

    private Task<long> Confirmed(OpenedShift shift) =>
        api.Database.Scalar<long>("SELECT count(*) FROM rostering.sign_ups WHERE shift_id = $1 AND status = 'confirmed'", shift.Id);
}
