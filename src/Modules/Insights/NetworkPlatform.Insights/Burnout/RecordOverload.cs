using NetworkPlatform.Insights.Retention;

namespace NetworkPlatform.Insights.Burnout;

/// <summary>Records that a shift brought its volunteer near or past limits on their load. It counts once the shift was attended. Only consumers send it.</summary>
internal static class RecordOverload
{
    public sealed record Command(Guid SignUpId, Guid VolunteerId, IReadOnlyList<string> Limits, bool IsOverridden) : IProjection;

    internal sealed class Handler(InsightsDbContext db, TimeProvider clock) : ProjectionHandler<Command, AttendanceFact>(db, clock)
    {
        protected override Guid? RowOf(Command command) => command.SignUpId;

        protected override AttendanceFact Begin(Command command) => AttendanceFact.About(command.SignUpId);

        protected override void Apply(Command command, AttendanceFact row) => row.Apply(command);
    }
}
