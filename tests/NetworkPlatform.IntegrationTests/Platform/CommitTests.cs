using System.Net;

namespace NetworkPlatform.IntegrationTests.Platform;

/// <summary>A command commits all that it has done, or nothing, and its commit travels with its save where it can.</summary>
public sealed class CommitTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_change_to_what_somebody_else_changes_first_is_refused_and_leaves_nothing_behind()
    {
        DatabaseServer.OnPostgreSqlOnly("pg_stat_activity, to see who waits for a row.");
        var tenant = await api.NewTenant();
        var chapter = await tenant.NewChapter();

        await WhileChanged("tenancy.chapters", chapter, () => tenant.Admin.Patch($"/chapters/{chapter}", new { name = "Mine" }, ("If-Match", "\"1\"")));

        var now = await tenant.Admin.Get($"/chapters/{chapter}");
        now.Json.Text("name").ShouldBe("A chapter");
        now.ETag.ShouldBe("\"2\"");
        (await Audited(tenant, "change-chapter")).ShouldBe(0);
        await tenant.Admin.Patch($"/chapters/{chapter}", new { name = "Mine" }, ("If-Match", now.ETag!)).NoContent();
        (await Audited(tenant, "change-chapter")).ShouldBe(1);
    }

    [Fact]
    public async Task So_is_taking_away_what_somebody_else_changes_first()
    {
        DatabaseServer.OnPostgreSqlOnly("pg_stat_activity, to see who waits for a row.");
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        (await (await tenant.AsThemselves(volunteer)).Send(HttpMethod.Put, $"/volunteers/{volunteer}/calendar-feed")).Status.ShouldBe(HttpStatusCode.OK);
        var feed = await api.Database.Scalar<Guid>("SELECT id FROM rostering.calendar_feeds WHERE volunteer_id = $1", volunteer);

        await WhileChanged("rostering.calendar_feeds", feed, () => tenant.Admin.Delete($"/volunteers/{volunteer}/calendar-feed"));

        (await api.Database.Scalar<int>("SELECT version FROM rostering.calendar_feeds WHERE id = $1", feed)).ShouldBe(2);
        (await Audited(tenant, "revoke-calendar-feed")).ShouldBe(0);
        await tenant.Admin.Delete($"/volunteers/{volunteer}/calendar-feed").NoContent();
        (await Audited(tenant, "revoke-calendar-feed")).ShouldBe(1);
    }

    [Fact]
    public async Task A_sign_up_is_committed_with_its_save()
    {
        DatabaseServer.OnPostgreSqlOnly("statements are told apart by the database's name in the connection string");
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var shift = await tenant.NewShift(Roster.At());
        await api.Database.EventsHaveLeft();

        using var seen = new SentCommands(api.Database.Settings["Database:ConnectionString"], "INSERT INTO rostering.sign_ups", "UPDATE rostering.shifts", "INSERT INTO platform.audit_entries", "INSERT INTO platform.outbox_messages", "COMMIT");
        await tenant.Admin.Post($"/shifts/{shift.Id}/signups", new { volunteerId = volunteer }).Created();

        seen.Take().ShouldBe(1);
        (await api.Database.Scalar<int>("SELECT taken FROM rostering.shifts WHERE id = $1", shift.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task Rows_of_one_kind_go_by_one_statement_with_the_commit()
    {
        DatabaseServer.OnPostgreSqlOnly("SQL Server's own batches");
        const int AtOnce = 10;
        var created = 0;
        var tenant = await api.NewTenant();
        var connection = api.Database.Settings["Database:ConnectionString"];
        using var together = new SentCommands(connection, "UPDATE platform.audit_heads", "INSERT INTO platform.audit_links", "FROM unnest(", "COMMIT");
        using var lookedFor = new SentCommands(connection, "FROM platform.audit_entries", "FROM platform.audit_links");

        // The host's first round looks for what has no link, and may find these before they are linked together.
        while (await LinkMany() == 0)
        {
            created.ShouldBeLessThan(8 * AtOnce);
        }

        lookedFor.Take();
        await LinkMany();

        lookedFor.Take().ShouldBe(0, "what could not be linked together is looked for and linked one by one");

        async Task<int> LinkMany()
        {
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => tenant.NewChapter()));
            created += AtOnce;
            await Eventually.Get(() => Linked(tenant), linked => linked == created);
            return together.Take();
        }
    }

    /// <summary>Asks for a change of a row that another transaction has changed and not committed yet, then commits that.</summary>
    private async Task WhileChanged(string table, Guid id, Func<Task<Answer>> change)
    {
        await using var other = await api.Database.Open(api.Database.Superuser);
        await using var transaction = await other.BeginTransactionAsync();
        await TestDatabase.Execute(other, $"UPDATE {table} SET version = version + 1 WHERE id = $1", id);

        var answer = change();
        await Eventually.Get(
            () => api.Database.WaitingForLock("transactionid"), waiting => waiting > 0);
        await transaction.CommitAsync();

        await answer.Problem(409, "changed-meanwhile");
    }

    private Task<long> Linked(Tenant tenant) =>
        api.Database.Scalar<long>("SELECT count(*) FROM platform.audit_links JOIN platform.audit_entries USING (tenant_id, id) WHERE tenant_id = $1 AND action = 'create-chapter'", tenant.Id);

    private Task<long> Audited(Tenant tenant, string action) =>
        api.Database.Scalar<long>("SELECT count(*) FROM platform.audit_entries WHERE tenant_id = $1 AND action = $2", tenant.Id, action);
}
