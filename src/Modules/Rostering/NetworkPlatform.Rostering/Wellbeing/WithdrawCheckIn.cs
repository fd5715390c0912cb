namespace NetworkPlatform.Rostering.Wellbeing;

/// <summary>The caller takes one of their own check-ins back: it is deleted.</summary>
internal static class WithdrawCheckIn
{
    public sealed record Command(Guid CheckInId) : ICommand<Done>, IConfidential;

    internal sealed class Handler(RosteringDbContext db, Caller caller) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var checkIn = await db.CheckIns.OwnOf(caller).SingleOrDefaultAsync(c => c.Id == request.CheckInId, cancellationToken);
            if (checkIn is null)
            {
                return new CheckInNotFound();
            }

            db.Remove(checkIn);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/check-ins/{checkInId:guid}", (Guid checkInId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(checkInId), cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.OwnWellbeing);
}
