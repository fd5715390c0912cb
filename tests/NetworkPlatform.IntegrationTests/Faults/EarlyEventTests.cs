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
        await Insert(early, JsonSerializer.Serialize(new { SessionId = session, Reason = "The hall is flooded.", StartsAt = Roster.At(5), EndsAt = Roster.At(5, hours: 1), Revision = 2 }));
        var tries = 0;
        await Eventually.Get(() => Task.FromResult(tries += seen.Take()), all => all > ShortTries);

        await Insert("SessionScheduled", Roster.ScheduledEvent(session));

        await Eventually.Get(
            async () => await tenant.ShiftOf(session),
            shift => shift.ValueKind == JsonValueKind.Object && (early == "SessionMoved" ? shift.GetProperty("startsAt").GetDateTimeOffset() == Roster.At(5) : shift.Text("status") == "cancelled"));

        Task Insert(string type, string body) => api.Database.Execute(
            "INSERT INTO platform.outbox_messages (id, tenant_id, type, body, at, due_at, attempts) VALUES ($1, $2, $3, $4, $5, $5, 0)",
            Guid.CreateVersion7(), tenant.Id, $"NetworkPlatform.Registry.Contracts.{type}", body, DateTimeOffset.UtcNow);
    }
}
