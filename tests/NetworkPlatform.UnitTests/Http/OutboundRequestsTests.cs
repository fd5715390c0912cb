using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NetworkPlatform.Platform.Http;

namespace NetworkPlatform.UnitTests.Http;

/// <summary>Where requests may go that somebody outside has asked for.</summary>
public sealed class OutboundRequestsTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.15.0.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.1.2.3", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001:db8::1", false)]
    public void Only_what_everybody_can_reach_is_public(string address, bool isPublic) => OutboundRequests.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Theory]
    [InlineData("http://example.org/")]
    [InlineData("http://127.0.0.1:9/")]
    [InlineData("https://127.0.0.1:9/")]
    [InlineData("https://localhost:9/")]
    [InlineData("https://[::1]:9/")]
    [InlineData("https://2130706433:9/")]
    public async Task Neither_http_nor_a_private_network_is_asked(string address)
    {
        using var http = Client(allowPrivate: false);

        (await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(new Uri(address)))).Message.ShouldMatch("private network|not an https address");
    }

    [Fact]
    public async Task Where_private_networks_are_allowed_redirects_are_still_not_followed()
    {
        using var listener = new HttpListener();
        var address = $"http://127.0.0.1:{IntegrationTests.Infrastructure.Repository.FreePort()}/";
        listener.Prefixes.Add(address);
        listener.Start();
        var asked = listener.GetContextAsync();
        using var http = Client(allowPrivate: true);

        var pending = http.GetAsync(new Uri(address));
        var context = await asked;
        context.Response.Redirect("http://127.0.0.1:1/");
        context.Response.Close();

        (await pending).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private static HttpClient Client(bool allowPrivate)
    {
        var services = new ServiceCollection();
        services.AddOutboundRequests(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Outbound:AllowPrivateNetworks", (string?)allowPrivate.ToString())]).Build());
        return services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient(OutboundRequests.ClientName);
    }
}
