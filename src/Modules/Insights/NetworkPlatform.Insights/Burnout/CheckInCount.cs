namespace NetworkPlatform.Insights.Burnout;

/// <summary>How many wellbeing check-ins there were in a month. Nothing is kept of a single one, not even when it was.</summary>
internal sealed class CheckInCount : Entity
{
    private CheckInCount()
    {
    }

    /// <summary>The first day of the month.</summary>
    public DateOnly LocalMonth { get; private init; }

    public int Count { get; private set; }

    internal static CheckInCount In(DateOnly month) => new() { Id = IdOf(month), LocalMonth = month };

    /// <summary>A month has one row, whoever begins it.</summary>
    internal static Guid IdOf(DateOnly month) => new(month.DayNumber, 0, 0, new byte[8]);

    internal void Add() => Count++;
}
