using NetworkPlatform.Insights.Periods;

namespace NetworkPlatform.Insights.Retention;

/// <summary>How a volunteer's shift ended. Its id is the sign-up's; whoever the volunteer is, is not known here.</summary>
[AboutPerson(nameof(VolunteerId), Kept = true)]
internal sealed class AttendanceFact : Entity
{
    private AttendanceFact()
    {
    }

    [Personal]
    public Guid VolunteerId { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>First day of the month in which the shift began, by the tenant's zone when this was recorded: no database knows the zones as we do.</summary>
    public DateOnly LocalMonth { get; private set; }

    /// <summary>Time given; 0 unless attended.</summary>
    public int Minutes { get; private set; }

    public bool IsAttended { get; private set; }

    internal static AttendanceFact About(Guid signUpId) => new() { Id = signUpId };

    internal void Apply(RecordAttendance.Command completed, LocalCalendar calendar)
    {
        VolunteerId = completed.VolunteerId;
        StartedAt = completed.StartedAt;
        LocalMonth = calendar.MonthOf(completed.StartedAt);
        Minutes = completed.Minutes;
        IsAttended = completed.IsAttended;
    }
}
