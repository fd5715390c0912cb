namespace NetworkPlatform.IntegrationTests.Faults;

/// <summary>While RabbitMQ is away, events wait in the outbox and requests are served.</summary>
[Collection(RabbitMqNode.OneAtATime)]
public sealed class AwayBrokerTests(DatabaseServer server)
{
    [Fact]
    public async Task A_node_whose_broker_goes_away_stays_in_service_and_one_that_starts_without_it_waits()
    {
        await using var broker = new RabbitMqNode();
        await using var api = await ApiFixture.Start(server, ("Messaging:Transport", "rabbitmq"), ("Messaging:RabbitMq", await broker.Uri()));
        await Eventually.Get(() => Ready(api.Host), answer => answer == "200 Healthy");
        var tenant = await api.NewTenant();
        var (shift, volunteer) = (await tenant.NewShift(Roster.At()), await tenant.NewVolunteer());
        await api.Database.EventsHaveLeft();

        await broker.Kill();

        (await Eventually.Get(() => Ready(api.Host), answer => answer != "200 Healthy")).ShouldBe("200 Degraded");
        await tenant.SignUp(shift, volunteer).Created();
        (await api.Database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages WHERE type LIKE '%VolunteerSignedUp'")).ShouldBe(1);
        await using var late = new ApiHost(api.Settings);
        (await Ready(late)).ShouldBe("503 Unhealthy");
        (await Ready(api.Host)).ShouldBe("200 Degraded");
    }

    private static async Task<string> Ready(ApiHost host)
    {
        using var http = host.CreateClient();
        using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }
}
