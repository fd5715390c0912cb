using System.Text.Json.Serialization;

namespace NetworkPlatform.Registry.Sessions;

/// <summary>Cancels a session; its shifts are cancelled with it.</summary>
internal static class CancelSession
{
    /// <param name="Reason">For the volunteers.</param>
    public sealed record Command(string? Reason) : ICommand<Done>, IReasoned
    {
        [JsonIgnore]
        public Guid SessionId { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).OptionalText(Session.ReasonLength);
    }

    internal sealed class Handler(RegistryDbContext db, Outbox outbox) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == request.SessionId, cancellationToken);
            if (session is null)
            {
                return new SessionNotFound();
            }

            if (session.Status != SessionStatus.Scheduled)
            {
                return new SessionNotScheduled(session.Status);
            }

            outbox.Publish(session.Cancel(request.Reason));
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/sessions/{sessionId:guid}/cancel", (Guid sessionId, Command? command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send((command ?? new Command(Reason: null)) with { SessionId = sessionId }, cancellationToken).ToNoContent())
        .RequirePermission(RegistryPermissions.ManageSessions);
}
