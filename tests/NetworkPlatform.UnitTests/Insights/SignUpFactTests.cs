using NetworkPlatform.Insights.Coverage;

namespace NetworkPlatform.UnitTests.Insights;

public sealed class SignUpFactTests
{
    private static readonly Guid SignUp = Guid.CreateVersion7();
    private static readonly Guid Shift = Guid.CreateVersion7();

    [Theory]
    [InlineData("Confirmed", "Confirmed")]
    [InlineData("Confirmed", "Confirmed", "Confirmed")]
    [InlineData("Cancelled", "Cancelled")]
    [InlineData("Cancelled", "Confirmed", "Cancelled")]
    [InlineData("Cancelled", "Cancelled", "Confirmed")]
    [InlineData("Cancelled", "Cancelled", "Confirmed", "Confirmed")]
    public void A_cancellation_is_for_good_whenever_it_is_heard_of(string expected, params string[] heard)
    {
        var signUp = SignUpFact.About(SignUp, Shift);
        foreach (var status in heard)
        {
            signUp.Apply(Enum.Parse<SignUpStatus>(status));
        }

        (signUp.Id, signUp.ShiftId, signUp.Status).ShouldBe((SignUp, Shift, Enum.Parse<SignUpStatus>(expected)));
    }
}
