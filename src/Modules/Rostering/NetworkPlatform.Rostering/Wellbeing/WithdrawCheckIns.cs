using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Wellbeing;

/// <summary>The caller takes all of their own check-ins back: they are deleted.</summary>
internal static class WithdrawCheckIns
{
    public sealed record Command(Guid VolunteerId) : ICommand<Done>, IConfidential;

    internal sealed class Handler(RosteringDbContext db, Caller caller) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (!await db.HasAnsweredAs(request.VolunteerId, caller, cancellationToken))
            {
                return new VolunteerNotFound();
            }

            await db.CheckIns.OwnOf(caller).ExecuteDeleteAsync(cancellationToken);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/volunteers/{volunteerId:guid}/check-ins", (Guid volunteerId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(volunteerId), cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.OwnWellbeing);
}
