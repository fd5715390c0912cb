using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>Who is asked is told; a request to anybody is found in the list, and told to nobody.</summary>
internal sealed class WhenSwapRequested(IMediator mediator, Mailer mailer) : Notifies<SwapRequested>(mediator, mailer)
{
    protected override QueueNotifications.Command? ToTell(SwapRequested message) => message.ToVolunteerId is { } asked
        ? new(NotificationKind.SwapRequested, message.ShiftId, SignUpId: null, $"{message.SwapId}", new(message.SwapId, asked))
        : null;
}
