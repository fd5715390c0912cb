using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Notifications;

internal sealed class WhenSignUpCancelled(IMediator mediator, Mailer mailer) : Notifies<SignUpCancelled>(mediator, mailer)
{
    protected override QueueNotifications.Command? ToTell(SignUpCancelled message) =>
        message.WithShift ? new(NotificationKind.ShiftCancelled, message.ShiftId, message.SignUpId, $"{message.SignUpId}") : null;
}
