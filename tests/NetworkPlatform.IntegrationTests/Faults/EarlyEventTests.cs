using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Faults;

/// <summary>On RabbitMQ each queue goes at its own pace: what changes a session may be consumed long before the event that the session begins with.</summary>
[Collection(RabbitMqNode.OneAtATime)]
public sealed class EarlyEventTests(DatabaseServer server, RabbitMqNode rabbitMq)
{
    private const int ShortTries = 4;

    [Theory]
    [InlineData("SessionCancelled", "UPDATE rostering.shifts")]
    [InlineData("SessionMoved", "FROM rostering.shifts")]
    public async Task An_event_that_comes_too_early_is_tried_again_until_it_can_take_effect(string early, string onceATry)
    {
        DatabaseServer.OnPostgreSqlOnly("tries are counted by the commands that the host sends.");
        await using var api = await ApiFixture.Start(server, ("Messaging:Transport", "rabbitmq"), ("Messaging:RabbitMq", await rabbitMq.Uri()));
        var tenant = await api.NewTenant();
        var session = Guid.CreateVersion7();
        using var seen = new SentCommands(api.Database.Settings["Database:ConnectionString"], onceATry, "session_id =");
        await Insert(early, early == "SessionMoved"
            ? JsonSerializer.Serialize(new { SessionId = session, StartsAt = Roster.At(5), EndsAt = Roster.At(5, hours: 1), Revision = 2 })
            : JsonSerializer.Serialize(new { SessionId = session, Reason = "The hall is flooded." }));
        var tries = 0;
        await Eventually.Get(() => Task.FromResult(tries += seen.Take()), all => all > ShortTries);

        await Insert("SessionScheduled", Roster.ScheduledEvent(session));

        await Eventually.Get(
            async () => await tenant.ShiftOf(session),
            shift => shift.ValueKind == JsonValueKind.Object && (early == "SessionMoved" ? shift.GetProperty("startsAt").GetDateTimeOffset() == Roster.At(5) : shift.Text("status") == "cancelled"));

        Task Insert(string type, string body) => Publish(api, tenant, Guid.CreateVersion7(), type, body);
    }

    [Fact]
    public async Task An_event_that_is_too_early_for_all_of_its_tries_waits_in_the_outbox_and_takes_effect_once_it_can()
    {
        await using var api = await ApiFixture.Start(server, ("Messaging:Transport", "rabbitmq"), ("Messaging:RabbitMq", await rabbitMq.Uri()), ("Messaging:LongTries", "1"));
        var (tenant, session, early) = (await api.NewTenant(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await Publish(api, tenant, early, "SessionCancelled", JsonSerializer.Serialize(new { SessionId = session, Reason = "The hall is flooded." }));
        await Eventually.Get(
            () => api.Database.Scalar<string>("SELECT coalesce(max(last_error), '') FROM platform.outbox_messages WHERE id = $1 AND attempts = 1 AND due_at > $2", early, DateTimeOffset.UtcNow),
            error => error.Contains("shift-not-opened-yet", StringComparison.Ordinal));
        await Publish(api, tenant, Guid.CreateVersion7(), "SessionScheduled", Roster.ScheduledEvent(session));
        await Eventually.Get(() => tenant.ShiftOf(session), shift => shift.ValueKind == JsonValueKind.Object);

        await api.Database.Execute("UPDATE platform.outbox_messages SET due_at = $2 WHERE id = $1", early, DateTimeOffset.UtcNow);

        await Eventually.Get(() => tenant.ShiftOf(session), shift => shift.Text("status") == "cancelled");
        await api.Database.EventsHaveLeft();
        (await api.Database.Scalar<long>("SELECT count(*) FROM platform.inbox_messages WHERE message_id = $1 AND consumer = 'insights-when-session-cancelled'", early))
            .ShouldBe(1, "whom it was not too early for hears of it twice, and heeds it once");
    }

    private static Task Publish(ApiFixture api, Tenant tenant, Guid id, string type, string body) => api.Database.Execute(
        "INSERT INTO platform.outbox_messages (id, tenant_id, type, body, at, due_at, attempts) VALUES ($1, $2, $3, $4, $5, $5, 0)",
        id, tenant.Id, $"NetworkPlatform.Registry.Contracts.{type}", body, DateTimeOffset.UtcNow);
}
