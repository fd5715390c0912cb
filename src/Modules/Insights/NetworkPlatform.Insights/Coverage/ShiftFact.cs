namespace NetworkPlatform.Insights.Coverage;

/// <summary>How many places a session's shift has.</summary>
internal sealed class ShiftFact : Entity
{
    private ShiftFact()
    {
    }

    public Guid SessionId { get; private init; }

    public int Places { get; private set; }

    /// <summary>Of the latest change; -1 before the first.</summary>
    public int Revision { get; private set; } = -1;

    internal static ShiftFact About(Guid shiftId, Guid sessionId) => new() { Id = shiftId, SessionId = sessionId };

    internal void Apply(int places, int revision)
    {
        if (revision > Revision)
        {
            (Places, Revision) = (places, revision);
        }
    }
}
