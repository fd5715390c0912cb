using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Notifications;

internal sealed class WhenPlaceOffered(IMediator mediator, Mailer mailer) : Notifies<PlaceOffered>(mediator, mailer)
{
    protected override QueueNotifications.Command? ToTell(PlaceOffered message) =>
        new(NotificationKind.PlaceOffered, message.ShiftId, message.SignUpId, $"{message.SignUpId} {message.ConfirmBy:u}");
}
