using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>A volunteer is there, from an hour before the start until the end. Saying so twice changes nothing.</summary>
internal static class CheckIn
{
    internal static readonly TimeSpan Early = TimeSpan.FromHours(1);

    public sealed record Command(Guid SignUpId) : ICommand<Response>;

    public sealed record Response(Guid Id, DateTimeOffset CheckedInAt);

    internal sealed class Handler(RosteringDbContext db, Caller caller, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var found = await db.SignUpWithShift(request.SignUpId, cancellationToken);
            if (found is null || !caller.MayActFor(found.Account))
            {
                return new SignUpNotFound();
            }

            var (signUp, shift, now) = (found.SignUp, found.Shift, clock.GetUtcNow());
            if (signUp.Status != SignUpStatus.Confirmed)
            {
                return new SignUpNotConfirmed(signUp.Status);
            }

            if (now < shift.StartsAt - Early || now >= shift.EndsAt)
            {
                return new CheckInNotOpen(shift.StartsAt - Early, shift.EndsAt);
            }

            if (signUp.CheckedInAt is null)
            {
                signUp.CheckedInAt = now;
                outbox.Publish(new VolunteerCheckedIn(signUp.Id, shift.Id, signUp.VolunteerId, shift.ChapterId, now));
            }

            return new Response(signUp.Id, signUp.CheckedInAt.Value);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/signups/{signUpId:guid}/check-in", (Guid signUpId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(signUpId), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.SignUp);
}
