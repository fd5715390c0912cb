namespace NetworkPlatform.Insights.Coverage;

internal enum SignUpStatus
{
    Confirmed,
    Cancelled,
}

/// <summary>Whether a place on a session's shift is taken. A cancellation is for good, also where it is heard of first.</summary>
internal sealed class SignUpFact : Entity
{
    private SignUpFact()
    {
    }

    public Guid ShiftId { get; private init; }

    public SignUpStatus Status { get; private set; }

    internal static SignUpFact About(Guid signUpId, Guid shiftId) => new() { Id = signUpId, ShiftId = shiftId };

    internal void Apply(SignUpStatus status) => Status = Status == SignUpStatus.Cancelled ? SignUpStatus.Cancelled : status;
}
