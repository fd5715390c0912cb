using System.Net.Http.Headers;

namespace NetworkPlatform.IntegrationTests.Faults;

/// <summary>The host is killed with SIGKILL at the worst moments, on both transports; after a restart every event has taken effect exactly once.</summary>
[Collection(RabbitMqNode.OneAtATime)]
public sealed class KilledHostTests(DatabaseServer server, RabbitMqNode rabbitMq)
{
    public static TheoryData<string> Transports => ["in-memory", "rabbitmq"];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Killed_between_commit_and_publish(string transport)
    {
        DatabaseServer.OnPostgreSqlOnly("the relay is stopped by taking a right from its role.");
        var (database, broker, clientId, secret) = await Prepare(transport);
        await database.Execute("REVOKE UPDATE ON platform.outbox_messages FROM networkplatform_relay");
        using (var host = await HostProcess.Start(database, broker))
        {
            await ScheduleMeeting(host, clientId, secret);
            await host.Kill();
        }

        (await database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages")).ShouldBe(await Sessions(database));
        (await database.Scalar<long>("SELECT count(*) FROM rostering.shifts")).ShouldBe(0);
        await database.Execute("GRANT UPDATE ON platform.outbox_messages TO networkplatform_relay");

        using var restarted = await HostProcess.Start(database, broker);

        await EveryEventTookEffectOnce(database);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Killed_between_publish_and_consume(string transport)
    {
        DatabaseServer.OnPostgreSqlOnly("LOCK TABLE, and pg_stat_activity to see who waits for it.");
        var (database, broker, clientId, secret) = await Prepare(transport);
        await using (var blocker = await database.Open(database.Superuser))
        {
            // No consumer can write its effect while the tables are locked, so what was published is held up on its way.
            await using var transaction = await blocker.BeginTransactionAsync();
            await TestDatabase.Execute(blocker, "LOCK TABLE rostering.shifts, insights.session_facts IN SHARE MODE");

            using var host = await HostProcess.Start(database, broker);
            await ScheduleMeeting(host, clientId, secret);
            await Eventually.Get(() => database.WaitingForLock(), waiting => waiting > 0);
            await host.Kill();

            // While the lock is held: the database still carries out what it had been sent whole, commit and all, once it may.
            (await database.Scalar<long>("SELECT count(*) FROM rostering.shifts")).ShouldBe(0);
        }

        using var restarted = await HostProcess.Start(database, broker);

        await EveryEventTookEffectOnce(database);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Killed_again_and_again_while_events_flow(string transport)
    {
        var (database, broker, clientId, secret) = await Prepare(transport);
        for (var kill = 0; kill < 5; kill++)
        {
            using var host = await HostProcess.Start(database, broker);
            await ScheduleMeeting(host, clientId, secret);
            await Task.Delay(Random.Shared.Next(10, 400));
            await host.Kill();
        }

        using var restarted = await HostProcess.Start(database, broker);

        await EveryEventTookEffectOnce(database);
    }

    [Fact]
    public async Task Two_nodes_share_the_work_and_nothing_happens_twice()
    {
        var (database, broker, clientId, secret) = await Prepare("rabbitmq");
        using var one = await HostProcess.Start(database, broker);
        using var two = await HostProcess.Start(database, broker);

        await Task.WhenAll(ScheduleMeeting(one, clientId, secret), ScheduleMeeting(two, clientId, secret));

        await EveryEventTookEffectOnce(database);
    }

    private static async Task EveryEventTookEffectOnce(TestDatabase database)
    {
        var sessions = await Sessions(database);
        sessions.ShouldBeGreaterThan(50);
        await Eventually.Get(() => database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages"), left => left == 0, seconds: 120);
        foreach (var (effects, consumer) in new[]
        {
            ("SELECT count(*) FROM rostering.shifts", "rostering-when-session-scheduled"),
            ("SELECT count(*) FROM insights.session_facts", "insights-when-session-scheduled"),
        })
        {
            await Eventually.Get(() => database.Scalar<long>(effects), count => count == sessions);
            (await database.Scalar<long>("SELECT count(*) FROM platform.inbox_messages WHERE consumer = $1", consumer)).ShouldBe(sessions);
        }

        (await database.Scalar<long>("SELECT count(*) FROM platform.audit_entries WHERE action = 'open-shift'")).ShouldBe(sessions, "each effect is audited with it");
    }

    private static Task<long> Sessions(TestDatabase database) => database.Scalar<long>("SELECT count(*) FROM registry.sessions");

    /// <summary>A daily meeting: a session a day for eight weeks, and as many events.</summary>
    private static async Task ScheduleMeeting(HostProcess host, string clientId, string secret)
    {
        host.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await ApiClient.FetchToken(host.Http, clientId, secret));
        var client = new ApiClient(host.Http);
        var chapter = (await client.Post("/chapters", new { name = "A chapter", slug = $"chapter-{Guid.NewGuid():N}", timeZone = "Etc/UTC" }).Created()).Id();
        var group = (await client.Post("/groups", new { chapterId = chapter, name = "Daily", topic = "grief", leadership = "peer-led", format = "online" }).Created()).Id();
        await client.Post($"/groups/{group}/meetings", Roster.Meeting(Roster.At(), recurrence: "FREQ=DAILY")).Created();
    }

    /// <summary>A fresh database with one network, whose umbrella's administrator the tests act as; and the broker of its own virtual host.</summary>
    private async Task<(TestDatabase Database, string? Broker, string ClientId, string Secret)> Prepare(string transport)
    {
        Assert.SkipUnless(server.GivesDatabasesOfTheirOwn, "All rows are counted, which takes a database of its own, and this login may not create one.");
        var database = await server.CreateDatabase();
        await using var host = new ApiHost(database.Settings);
        var (_, clientId, secret) = await Api.NetworkFounding.FoundAsync(host.Services, "umbrella", "An umbrella", "en-GB", "Europe/London", "GBP");
        return (database, transport == "rabbitmq" ? await rabbitMq.Uri() : null, clientId, secret);
    }
}
