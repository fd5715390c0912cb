using System.Text.Json;

namespace NetworkPlatform.Rostering.Availability;

/// <summary>What a volunteer has said about when they can help.</summary>
[AboutPerson(nameof(VolunteerId))]
internal sealed class VolunteerAvailability : Entity
{
    internal const int MostWeekly = 50;
    internal const int MostExceptions = 400;
    internal const int MostTimeOff = 50;

    public required Guid VolunteerId { get; init; }

    /// <summary>An <see cref="AvailabilityPattern"/> as JSON.</summary>
    [Personal]
    public string Pattern { get; private set; } = "";

    internal void Set(AvailabilityPattern pattern) => Pattern = JsonSerializer.Serialize(pattern);

    internal static AvailabilityPattern Read(string? pattern) => pattern is null ? AvailabilityPattern.Always : JsonSerializer.Deserialize<AvailabilityPattern>(pattern)!;
}
