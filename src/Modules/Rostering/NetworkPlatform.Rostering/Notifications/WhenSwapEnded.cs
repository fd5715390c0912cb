using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Swaps;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>Who asked is told, unless they have taken it back themselves. Who accepted has signed up by it, and is told of that.</summary>
internal sealed class WhenSwapEnded(IMediator mediator, Mailer mailer) : Notifies<SwapEnded>(mediator, mailer)
{
    protected override QueueNotifications.Command? ToTell(SwapEnded message)
    {
        NotificationKind? kind = EnumNames<SwapStatus>.Parse(message.Outcome) switch
        {
            SwapStatus.Accepted => NotificationKind.SwapAccepted,
            SwapStatus.Declined => NotificationKind.SwapDeclined,
            SwapStatus.Lapsed => NotificationKind.SwapLapsed,
            _ => null,
        };
        return kind is { } told ? new(told, message.ShiftId, SignUpId: null, $"{message.SwapId}", new(message.SwapId, message.FromVolunteerId)) : null;
    }
}
