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

    public Guid SessionId { get; private init; }

    public SignUpStatus Status { get; private set; }

    internal static SignUpFact About(Guid signUpId, Guid sessionId) => new() { Id = signUpId, SessionId = sessionId };

    internal void Apply(SignUpStatus status) => Status = Status == SignUpStatus.Cancelled ? SignUpStatus.Cancelled : status;
}
