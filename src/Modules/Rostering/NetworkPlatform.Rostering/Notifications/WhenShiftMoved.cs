using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Notifications;

internal sealed class WhenShiftMoved(IMediator mediator, Mailer mailer) : Notifies<ShiftMoved>(mediator, mailer)
{
    protected override QueueNotifications.Command? ToTell(ShiftMoved message) =>
        new(NotificationKind.ShiftMoved, message.ShiftId, SignUpId: null, News.CauseOfMove(message.Revision));
}
