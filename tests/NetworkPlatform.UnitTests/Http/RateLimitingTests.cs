using System.Net;
using NetworkPlatform.Platform.Http;

namespace NetworkPlatform.UnitTests.Http;

public sealed class RateLimitingTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData(null, "255.255.255.255")]
    public void Addresses_of_one_customer_share_a_limit(string? address, string site) =>
        RateLimiting.SiteOf(address is null ? null : IPAddress.Parse(address)).ShouldBe(IPAddress.Parse(site));

    [Fact]
    public void Limits_of_nothing_are_refused()
    {
        new RateLimits().AreSensible.ShouldBeTrue();
        new RateLimits { Tenant = new TenantShare { PerSecond = 1, Burst = 1, AtOnce = 0 } }.AreSensible.ShouldBeFalse();
        new RateLimits { Address = new RequestRate() }.AreSensible.ShouldBeFalse();
    }
}
