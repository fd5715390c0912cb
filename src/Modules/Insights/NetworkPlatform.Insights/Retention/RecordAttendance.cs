using NetworkPlatform.Insights.Periods;

namespace NetworkPlatform.Insights.Retention;

/// <summary>Records how a volunteer's shift ended. Only consumers send it.</summary>
internal static class RecordAttendance
{
    public sealed record Command(Guid SignUpId, Guid VolunteerId, DateTimeOffset StartedAt, int Minutes, bool IsAttended) : IProjection;

    internal sealed class Handler(InsightsDbContext db, TenantContext current, TimeProvider clock) : ProjectionHandler<Command, AttendanceFact>(db, clock)
    {
        protected override Guid? RowOf(Command command) => command.SignUpId;

        protected override AttendanceFact Begin(Command command) => AttendanceFact.About(command.SignUpId);

        protected override void Apply(Command command, AttendanceFact row) => row.Apply(command, LocalCalendar.Of(current.Tenant));
    }
}
