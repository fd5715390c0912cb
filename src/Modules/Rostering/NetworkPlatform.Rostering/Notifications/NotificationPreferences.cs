namespace NetworkPlatform.Rostering.Notifications;

/// <summary>What a volunteer wants to be told by mail, and when. Times are by their own wall clock.</summary>
[AboutPerson(nameof(VolunteerId))]
internal sealed class NotificationPreferences : Entity
{
    internal const int MostReminderHours = 14 * 24;

    public required Guid VolunteerId { get; init; }

    /// <summary>Names of the kinds that they do not want, as the API writes them.</summary>
    public string[] OptedOut { get; set; } = [];

    /// <summary>Whether what can wait comes as one mail a day.</summary>
    public bool DailyDigest { get; set; }

    public TimeOnly DigestAt { get; set; } = new(8, 0);

    /// <summary>Between these no mail is sent that can wait; null for no quiet hours.</summary>
    public TimeOnly? QuietFrom { get; set; }

    public TimeOnly? QuietUntil { get; set; }

    public int ReminderHours { get; set; } = 24;
}
