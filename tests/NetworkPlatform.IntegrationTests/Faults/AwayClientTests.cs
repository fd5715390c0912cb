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
}
