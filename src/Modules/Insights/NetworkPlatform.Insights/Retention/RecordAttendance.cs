using NetworkPlatform.Insights.Periods;

namespace NetworkPlatform.Insights.Retention;

/// <summary>Records how a volunteer's shift ended. Only consumers send it.</summary>
internal static class RecordAttendance
{
    public sealed record Command(Guid SignUpId, Guid VolunteerId, DateTimeOffset StartedAt, int Minutes, bool IsAttended) : ITogether;

    internal sealed class Handler(InsightsDbContext db, TenantContext current) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var attendance = await db.Attendance.SingleOrDefaultAsync(a => a.Id == request.SignUpId, cancellationToken);
            if (attendance is null)
            {
                attendance = AttendanceFact.About(request.SignUpId);
                db.Add(attendance);
            }

            attendance.Apply(request, LocalCalendar.Of(current.Tenant));
            return Done.Instance;
        }
    }
}
