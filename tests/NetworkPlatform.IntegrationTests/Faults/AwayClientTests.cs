using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Faults;

/// <summary>On RabbitMQ nothing but its consumer's tries is left of a message that the broker has confirmed: they must outlast what passes by itself.</summary>
[Collection(RabbitMqNode.OneAtATime)]
public sealed class AwayClientTests(DatabaseServer server, RabbitMqNode rabbitMq)
{
    private const int ShortTries = 4;

    [Fact]
    public async Task A_client_that_is_away_for_more_than_seconds_is_told_of_a_log_out_once_it_is_back()
    {
        await using var api = await ApiFixture.Start(
            server, ("Messaging:Transport", "rabbitmq"), ("Messaging:RabbitMq", await rabbitMq.Uri()), ("Outbound:AllowPrivateNetworks", "true"));
        var failures = ShortTries;
        using var client = new LoopbackServer(_ => (Interlocked.Decrement(ref failures) >= 0 ? 503 : 200, ""));
        var person = await (await api.NewTenant()).NewPerson("viewer");
        var browser = await person.SignedIn();
        var app = await RelyingParty.New(person.Tenant, new { backChannelLogoutUri = client.Address + "/logout" });
        await app.Redeem(await app.Code(browser));

        (await browser.Submit("/account/sign-out", new { })).ShouldLeadTo("/account/sign-out");

        await Eventually.Get(() => api.Database.Scalar<long>("SELECT count(*) FROM \"identity\".logout_notices"), left => left == 0);
        client.Requests.Count.ShouldBe(ShortTries + 1);
    }

    [Fact]
    public async Task An_event_is_not_lost_by_a_database_that_answers_too_late_for_more_than_seconds()
    {
        DatabaseServer.OnPostgreSqlOnly("it is held up by a lock of a table.");
        await using var api = await ApiFixture.Start(
            server, ("Messaging:Transport", "rabbitmq"), ("Messaging:RabbitMq", await rabbitMq.Uri()), ("Database:StatementTimeoutSeconds", "1"));
        var (tenant, session) = (await api.NewTenant(), Guid.CreateVersion7());
        await api.Database.EventsHaveLeft();
        var tries = new HashSet<string>(StringComparer.Ordinal);
        await using (var holder = await api.Database.Open(api.Database.Superuser))
        {
            await TestDatabase.Execute(holder, "BEGIN; LOCK TABLE rostering.shifts IN ACCESS EXCLUSIVE MODE");
            await api.Database.Execute(
                "INSERT INTO platform.outbox_messages (id, tenant_id, type, body, at, due_at, attempts) VALUES ($1, $2, 'NetworkPlatform.Registry.Contracts.SessionScheduled', $3, $4, $4, 0)",
                Guid.CreateVersion7(), tenant.Id, Roster.ScheduledEvent(session), DateTimeOffset.UtcNow);
            await Eventually.Get(
                async () =>
                {
                    tries.Add(await api.Database.Scalar<string>(
                        "SELECT coalesce(max(xact_start)::text, '') FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO rostering.shifts%'"));
                    return tries.Count(t => t.Length > 0);
                },
                all => all > ShortTries);
        }

        await Eventually.Get(() => tenant.ShiftOf(session), shift => shift.ValueKind == JsonValueKind.Object);
    }
}
