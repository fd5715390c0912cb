namespace NetworkPlatform.Insights.Sessions;

/// <summary>Records what an event says of a session. Only consumers send it.</summary>
internal static class RecordSession
{
    public sealed record Command(Guid SessionId, SessionChange Change) : IProjection;

    internal sealed class Handler(InsightsDbContext db, TimeProvider clock) : ProjectionHandler<Command, SessionFact>(db, clock)
    {
        protected override Guid? RowOf(Command command) => command.SessionId;

        protected override SessionFact Begin(Command command) => SessionFact.About(command.SessionId);

        protected override void Apply(Command command, SessionFact row) => row.Apply(command.Change);
    }
}
