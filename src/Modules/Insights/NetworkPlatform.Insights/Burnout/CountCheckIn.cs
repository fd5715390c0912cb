using NetworkPlatform.Insights.Periods;

namespace NetworkPlatform.Insights.Burnout;

/// <summary>Counts that somebody has checked how they are. Only consumers send it.</summary>
internal static class CountCheckIn
{
    public sealed record Command(DateTimeOffset At) : IProjection;

    internal sealed class Handler(InsightsDbContext db, TenantContext current, TimeProvider clock) : ProjectionHandler<Command, CheckInCount>(db, clock)
    {
        protected override Guid? RowOf(Command command) => CheckInCount.IdOf(MonthOf(command));

        protected override CheckInCount Begin(Command command) => CheckInCount.In(MonthOf(command));

        protected override void Apply(Command command, CheckInCount row) => row.Add();

        private DateOnly MonthOf(Command command) => LocalCalendar.Of(current.Tenant).MonthOf(command.At);
    }
}
