using System.Text.Json.Serialization;

namespace NetworkPlatform.Registry.Sessions;

/// <summary>Records that a session was held and how many took part. Participants are counted, never named.</summary>
internal static class RecordAttendance
{
    public sealed record Command(int? Participants) : ICommand<Done>
    {
        [JsonIgnore]
        public Guid SessionId { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Participants).NotNull().InclusiveBetween(0, Session.MaxParticipants)
            .WithMessage($"Must be a whole number from 0 to {Session.MaxParticipants}.");
    }

    internal sealed class Handler(RegistryDbContext db, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
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

            if (session.StartsAt > clock.GetUtcNow())
            {
                return new SessionNotStarted(session.StartsAt);
            }

            outbox.Publish(session.Hold(request.Participants!.Value));
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/sessions/{sessionId:guid}/attendance", (Guid sessionId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { SessionId = sessionId }, cancellationToken).ToNoContent())
        .RequirePermission(RegistryPermissions.ManageSessions);
}
