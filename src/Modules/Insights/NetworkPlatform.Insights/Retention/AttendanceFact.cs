using NetworkPlatform.Insights.Burnout;
using NetworkPlatform.Insights.Periods;

namespace NetworkPlatform.Insights.Retention;

/// <summary>How a volunteer's shift ended. Its id is the sign-up's; whoever the volunteer is, is not known here.</summary>
[AboutPerson(nameof(VolunteerId), Kept = true)]
internal sealed class AttendanceFact : Entity
{
    internal const string BetweenLimits = ", ";

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

    /// <summary>Names of the limits on their load that the volunteer came near or passed with the shift, such as "hours-7d, weekly-rest"; null for none.</summary>
    public string? Overload { get; private set; }

    /// <summary>Past one that refuses.</summary>
    public bool IsOverridden { get; private set; }

    internal static AttendanceFact About(Guid signUpId) => new() { Id = signUpId };

    internal void Apply(RecordAttendance.Command completed, LocalCalendar calendar)
    {
        VolunteerId = completed.VolunteerId;
        StartedAt = completed.StartedAt;
        LocalMonth = calendar.MonthOf(completed.StartedAt);
        Minutes = completed.Minutes;
        IsAttended = completed.IsAttended;
    }

    internal void Apply(RecordOverload.Command overloaded)
    {
        VolunteerId = overloaded.VolunteerId;
        Overload = string.Join(BetweenLimits, overloaded.Limits);
        IsOverridden = overloaded.IsOverridden;
    }
}
