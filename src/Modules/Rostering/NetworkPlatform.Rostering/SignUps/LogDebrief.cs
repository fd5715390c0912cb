using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>Notes that a session was talked over, and no more: what was said stays there. After a critical session it lets the volunteer take shifts again.</summary>
internal static class LogDebrief
{
    public sealed record Command(Guid SignUpId) : ICommand<Response>;

    public sealed record Response(Guid Id, DateTimeOffset DebriefedAt);

    internal sealed class Handler(RosteringDbContext db, Caller caller, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var found = await db.SignUpWithShift(request.SignUpId, cancellationToken);
            if (found is null || !caller.MayActFor(found.Account))
            {
                return new SignUpNotFound();
            }

            var signUp = found.SignUp;
            if (signUp.Status != SignUpStatus.Attended || signUp.DebriefedAt is not null)
            {
                return new NoDebriefDue(signUp.Status);
            }

            signUp.DebriefedAt = clock.GetUtcNow();
            var commitment = await db.Commitments.SingleAsync(c => c.Id == signUp.Id, cancellationToken);
            commitment.Debrief = DebriefDue.No;
            outbox.Publish(new DebriefLogged(signUp.Id, signUp.ShiftId, signUp.VolunteerId, signUp.ChapterId));
            return new Response(signUp.Id, signUp.DebriefedAt.Value);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/signups/{signUpId:guid}/debrief", (Guid signUpId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(signUpId), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.SignUp);
}
