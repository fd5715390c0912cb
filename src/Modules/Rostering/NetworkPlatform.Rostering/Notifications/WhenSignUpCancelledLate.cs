using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Notifications;

internal sealed class WhenSignUpCancelledLate(IMediator mediator, Mailer mailer) : Notifies<SignUpCancelledLate>(mediator, mailer)
{
    protected override QueueNotifications.Command? ToTell(SignUpCancelledLate message) =>
        new(NotificationKind.LateCancellation, message.ShiftId, message.SignUpId, $"{message.SignUpId}");
}
