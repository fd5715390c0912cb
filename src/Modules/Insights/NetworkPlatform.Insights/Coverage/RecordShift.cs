namespace NetworkPlatform.Insights.Coverage;

/// <summary>Records how many places a session's shift has. Only consumers send it.</summary>
internal static class RecordShift
{
    public sealed record Command(Guid ShiftId, Guid SessionId, int Places, int Revision) : IProjection;

    internal sealed class Handler(InsightsDbContext db, TimeProvider clock) : ProjectionHandler<Command, ShiftFact>(db, clock)
    {
        protected override Guid? RowOf(Command command) => command.ShiftId;

        protected override ShiftFact Begin(Command command) => ShiftFact.About(command.ShiftId, command.SessionId);

        protected override void Apply(Command command, ShiftFact row) => row.Apply(command.Places, command.Revision);
    }
}
