using NetworkPlatform.Rostering.Notifications;

namespace NetworkPlatform.UnitTests.Rostering.Notifications;

/// <summary>What waits for quiet hours to end and for the digest, and what cannot.</summary>
public sealed class RecipientTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 22, 30, 0, TimeSpan.Zero);

    // A digest at eight; quiet from ten in the evening to seven.
    private static readonly Recipient Reader = new(
        "reader@example.org", "Dana", ["en"], "Etc/UTC",
        new NotificationPreferences { VolunteerId = Guid.CreateVersion7(), DailyDigest = true, QuietFrom = new TimeOnly(22, 0), QuietUntil = new TimeOnly(7, 0) });

    [Theory]
    [InlineData("SignUpConfirmed", 48, 9.5)]
    [InlineData("SignUpConfirmed", 9.2, 8.5)]
    [InlineData("SignUpConfirmed", 8.2, 0)]
    [InlineData("PlaceOffered", 24, 8.5)]
    [InlineData("PlaceOffered", 5, 0)]
    [InlineData("SwapRequested", 24, 8.5)]
    [InlineData("SwapRequested", 5, 0)]
    [InlineData("ShiftReminder", 24, 8.5)]
    [InlineData("ShiftMoved", 240, 0)]
    [InlineData("ShiftCancelled", 48, 9.5)]
    public void Waits_for_the_digest_or_the_end_of_quiet_hours_where_that_is_in_time(string kind, double hoursToDeadline, double hoursToWait)
    {
        var notification = new Notification { Kind = Enum.Parse<NotificationKind>(kind), RecipientId = Guid.CreateVersion7(), Cause = "", ShiftId = Guid.CreateVersion7(), DueAt = Now };

        Reader.MayGoAt(notification, Now.AddHours(hoursToDeadline), Now).ShouldBe(Now.AddHours(hoursToWait));
    }
}
