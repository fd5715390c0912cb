using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Notifications;

internal sealed class WhenVolunteerSignedUp(IMediator mediator, Mailer mailer) : Notifies<VolunteerSignedUp>(mediator, mailer)
{
    protected override QueueNotifications.Command? ToTell(VolunteerSignedUp message) =>
        new(NotificationKind.SignUpConfirmed, message.ShiftId, message.SignUpId, $"{message.SignUpId}");
}
