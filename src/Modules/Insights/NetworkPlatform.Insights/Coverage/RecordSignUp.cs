namespace NetworkPlatform.Insights.Coverage;

/// <summary>Records that a place on a session's shift was taken or given back; shifts that stand alone cover no session. Only consumers send it.</summary>
internal static class RecordSignUp
{
    public sealed record Command(Guid SignUpId, Guid ShiftId, Guid? SessionId, SignUpStatus Status) : IProjection;

    internal sealed class Handler(InsightsDbContext db, TimeProvider clock) : ProjectionHandler<Command, SignUpFact>(db, clock)
    {
        protected override Guid? RowOf(Command command) => command.SessionId is null ? null : command.SignUpId;

        protected override SignUpFact Begin(Command command) => SignUpFact.About(command.SignUpId, command.ShiftId);

        protected override void Apply(Command command, SignUpFact row) => row.Apply(command.Status);
    }
}
