using System.Text.Json;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>Who reads a notification, how and when.</summary>
/// <param name="Name">Null for a coordinator's address.</param>
/// <param name="Preferences">Null for who has said nothing.</param>
internal sealed record Recipient(string Email, string? Name, IReadOnlyList<string> Languages, string TimeZone, NotificationPreferences? Preferences)
{
    private const int ReminderHours = 24;

    internal static string NameOf(NotificationKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    internal static DateTimeOffset RemindAt(DateTimeOffset startsAt, NotificationPreferences? preferences) => startsAt.AddHours(-(preferences?.ReminderHours ?? ReminderHours));

    internal bool Wants(NotificationKind kind) => Preferences?.OptedOut.Contains(NameOf(kind), StringComparer.Ordinal) != true;

    /// <summary>Whether it should come with the day's other news: not what was asked for at a certain time, nor what has waited for its day already.</summary>
    internal bool WantsInDigest(Notification notification) => Preferences is { DailyDigest: true } && notification is { InDigest: false, Kind: not NotificationKind.ShiftReminder };

    /// <summary>When it may go: now, unless it can wait for the end of quiet hours or for the day's digest. What would come after the shift has begun cannot.</summary>
    internal DateTimeOffset MayGoAt(Notification notification, DateTimeOffset shiftStartsAt, DateTimeOffset now)
    {
        var at = WantsInDigest(notification) ? Timing.Next(Preferences!.DigestAt, TimeZone, now) : now;
        if (Preferences is { QuietFrom: { } from, QuietUntil: { } until })
        {
            at = Timing.AfterQuietHours(from, until, TimeZone, at);
        }

        return at < shiftStartsAt ? at : now;
    }
}
