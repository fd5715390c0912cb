using NetworkPlatform.Registry.Contracts;

namespace NetworkPlatform.Rostering.Shifts;

/// <summary>Cancels a session's shifts and every sign-up for them.</summary>
internal static class CancelShifts
{
    public sealed record Command(SessionCancelled Session) : ICommand<Done>;

    internal sealed class Handler(ShiftCancelling cancelling) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var sessionId = request.Session.SessionId;
            return await cancelling.Cancel(s => s.SessionId == sessionId, request.Session.Reason ?? "The session was cancelled.", cancellationToken) == 0
                ? new ShiftNotOpenedYet(sessionId)
                : Done.Instance;
        }
    }
}
