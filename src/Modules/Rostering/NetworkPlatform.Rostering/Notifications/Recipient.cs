namespace NetworkPlatform.Rostering.Notifications;

/// <summary>Who reads a notification, how and when.</summary>
/// <param name="Name">Null for a coordinator's address.</param>
/// <param name="Preferences">Null for who has said nothing.</param>
internal sealed record Recipient(string Email, string? Name, IReadOnlyList<string> Languages, string TimeZone, NotificationPreferences? Preferences)
{
    private const int ReminderHours = 24;

    internal static DateTimeOffset RemindAt(DateTimeOffset startsAt, NotificationPreferences? preferences) => startsAt.AddHours(-(preferences?.ReminderHours ?? ReminderHours));

    internal bool Wants(NotificationKind kind) => Preferences?.OptedOut.Contains(EnumNames<NotificationKind>.Of(kind), StringComparer.Ordinal) != true;

    /// <summary>Whether it should come with the day's other news: not what was asked for at a certain time or is to be answered in time, nor what has waited for its day already.</summary>
    internal bool WantsInDigest(Notification notification) => Preferences is { DailyDigest: true } && notification.InDigest is false && notification.Kind is not
        (NotificationKind.ShiftReminder or NotificationKind.ShiftMoved or NotificationKind.PlaceOffered or NotificationKind.SwapRequested);

    /// <summary>When it may go: with the day's digest or at the end of quiet hours, where that is before the deadline, else now. A move goes at once: the time that is no longer right may be near.</summary>
    internal DateTimeOffset MayGoAt(Notification notification, DateTimeOffset deadline, DateTimeOffset now)
    {
        if (notification.Kind == NotificationKind.ShiftMoved)
        {
            return now;
        }

        if (WantsInDigest(notification) && AfterQuietHours(Timing.Next(Preferences!.DigestAt, TimeZone, now)) is var digest && digest < deadline)
        {
            return digest;
        }

        var at = AfterQuietHours(now);
        return at < deadline ? at : now;
    }

    private DateTimeOffset AfterQuietHours(DateTimeOffset at) =>
        Preferences is { QuietFrom: { } from, QuietUntil: { } until } ? Timing.AfterQuietHours(from, until, TimeZone, at) : at;
}
