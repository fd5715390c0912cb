using System.Text;
using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.UnitTests.Identity;

public sealed class TotpTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B, the last six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code)
    {
        Totp.Code(Key, seconds / 30).ShouldBe(code);
        Totp.Match(Key, code, DateTimeOffset.FromUnixTimeSeconds(seconds), after: 0).ShouldBe(seconds / 30);
    }

    [Fact]
    public void A_code_is_taken_half_a_minute_early_or_late_and_never_again()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_010);
        var step = now.ToUnixTimeSeconds() / 30;
        for (var other = step - 4; other <= step + 4; other++)
        {
            Totp.Match(Key, Totp.Code(Key, other), now, after: 0).ShouldBe(Math.Abs(other - step) <= 1 ? other : null);
        }

        Totp.Match(Key, Totp.Code(Key, step), now, after: step).ShouldBeNull();
        Totp.Match(Key, Totp.Code(Key, step + 1), now, after: step).ShouldBe(step + 1);
        Totp.Match(Key, "", now, after: 0).ShouldBeNull();
    }

    /// <summary>RFC 4648, section 10, without padding.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Keys_are_written_in_base32(string text, string encoded) => Totp.Encode(Encoding.ASCII.GetBytes(text)).ShouldBe(encoded);
}
