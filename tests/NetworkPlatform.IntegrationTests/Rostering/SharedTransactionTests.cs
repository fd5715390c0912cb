using System.Net;

namespace NetworkPlatform.IntegrationTests.Rostering;

/// <summary>Sign-ups that come at once share transactions; nobody is to notice.</summary>
public sealed class SharedTransactionTests(CrowdedFixture api) : IClassFixture<CrowdedFixture>
{
    private const int Many = 60;

    [Fact]
    public async Task Each_of_many_leaves_what_it_would_alone_in_fewer_transactions_than_there_are()
    {
        DatabaseServer.OnPostgreSqlOnly("transactions are shared there.");
        var (tenant, wishes) = await Wishes();

        var answers = await SignUpAtOnce(tenant, wishes);

        answers.ShouldAllBe(a => a.Status == HttpStatusCode.Created && a.Json.Text("status") == "confirmed");
        foreach (var (wish, answer) in wishes.Zip(answers))
        {
            (await Count("rostering.sign_ups", $"id = '{answer.Json.Id()}' AND shift_id = '{wish.Shift.Id}' AND volunteer_id = '{wish.Volunteer}' AND status = 'confirmed'")).ShouldBe(1);
            (await Count("rostering.commitments", $"id = '{answer.Json.Id()}' AND person_id = (SELECT person_id FROM rostering.volunteers WHERE id = '{wish.Volunteer}')")).ShouldBe(1);
            (await Count("platform.audit_entries", $"action = 'sign-up-for-shift' AND records LIKE 'SignUp {answer.Json.Id()}, Commitment {answer.Json.Id()}, Shift {wish.Shift.Id}'")).ShouldBe(1);
            (await Count("rostering.shifts", $"id = '{wish.Shift.Id}' AND taken = 1")).ShouldBe(1);
        }

        (await api.Database.Scalar<long>($"SELECT count(DISTINCT xmin::text) FROM rostering.sign_ups WHERE tenant_id = '{tenant.Id}'")).ShouldBeLessThan(Many);
        await api.Database.EventsHaveLeft();
        (await api.Database.Deadlocks()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_must_wait_for_somebody_or_fails_does_so_without_the_others()
    {
        DatabaseServer.OnPostgreSqlOnly("a trigger of its own.");
        var (tenant, wishes) = await Wishes();
        var (waiting, failing) = (wishes[0], wishes[1]);
        await api.Database.Execute($"""
            CREATE FUNCTION refuse_{failing.Volunteer:N}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''not this one''; END';
            CREATE TRIGGER refuse_{failing.Volunteer:N} BEFORE INSERT ON rostering.sign_ups FOR EACH ROW WHEN (NEW.volunteer_id = '{failing.Volunteer}') EXECUTE FUNCTION refuse_{failing.Volunteer:N}();
            """);
        await using var other = await api.Database.Open(api.Database.Superuser);
        await using var transaction = await other.BeginTransactionAsync();
        await TestDatabase.Execute(other, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", $"volunteer {waiting.Volunteer}");

        var held = tenant.SignUp(waiting.Shift, waiting.Volunteer);
        var answers = await SignUpAtOnce(tenant, wishes.Skip(1));
        held.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync();

        answers[0].Status.ShouldBe(HttpStatusCode.InternalServerError);
        answers.Skip(1).ShouldAllBe(a => a.Status == HttpStatusCode.Created);
        (await held.Created()).Text("status").ShouldBe("confirmed");
        (await Count("rostering.sign_ups", $"volunteer_id = '{failing.Volunteer}'")).ShouldBe(0);
        (await Count("rostering.shifts", $"id = '{failing.Shift.Id}' AND taken = 0")).ShouldBe(1);
        (await Count("rostering.sign_ups", $"tenant_id = '{tenant.Id}'")).ShouldBe(Many - 1);
    }

    [Fact]
    public async Task What_is_answered_with_success_is_there_though_connections_are_cut()
    {
        DatabaseServer.OnPostgreSqlOnly("pg_terminate_backend.");
        var (tenant, wishes) = await Wishes();
        using var enough = new CancellationTokenSource();
        var cutting = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await api.Database.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'networkplatform rostering' AND state <> 'idle'");
                await Task.Delay(10);
            }
        });

        var answers = await SignUpAtOnce(tenant, wishes);
        await enough.CancelAsync();
        await cutting;

        foreach (var (wish, answer) in wishes.Zip(answers))
        {
            var there = await Count("rostering.sign_ups", $"volunteer_id = '{wish.Volunteer}' AND shift_id = '{wish.Shift.Id}'");
            there.ShouldBeInRange(answer.Status == HttpStatusCode.Created ? 1 : 0, 1);
            (await Count("rostering.shifts", $"id = '{wish.Shift.Id}' AND taken = {there}")).ShouldBe(1);
            (await Count("rostering.commitments", $"person_id = (SELECT person_id FROM rostering.volunteers WHERE id = '{wish.Volunteer}')")).ShouldBe(there);
        }
    }

    private async Task<(Tenant Tenant, IReadOnlyList<(OpenedShift Shift, Guid Volunteer)> Wishes)> Wishes()
    {
        var tenant = await api.NewTenant();
        var group = await tenant.NewGroup();
        var wishes = new (OpenedShift, Guid)[Many];
        await Parallel.ForEachAsync(Enumerable.Range(0, Many), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            wishes[i] = (await tenant.NewShift(Roster.At(1 + (i % 20), hours: i / 20 * 2), groupId: group), await tenant.NewVolunteer()));
        return (tenant, wishes);
    }

    private static Task<Answer[]> SignUpAtOnce(Tenant tenant, IEnumerable<(OpenedShift Shift, Guid Volunteer)> wishes) =>
        Task.WhenAll(wishes.Select(w => Task.Run(() => tenant.SignUp(w.Shift, w.Volunteer))));

    private Task<long> Count(string table, string where) => api.Database.Scalar<long>($"SELECT count(*) FROM {table} WHERE {where}");
}
