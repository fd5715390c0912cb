using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Swaps;

/// <summary>Ends a request: withdrawn by the one who asks, declined by the one who is asked, or by a coordinator, of which whoever asked is to hear.</summary>
internal static class DeclineSwap
{
    public sealed record Command(Guid SwapId) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db, SwapEnding swaps, Caller caller) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            // Accepting locks the shift, too: whoever comes second finds the request ended.
            db.LockShift(await db.Swaps.Where(s => s.Id == request.SwapId).Select(s => s.ShiftId).SingleOrDefaultAsync(cancellationToken));
            var swap = await db.Swaps.SingleOrDefaultAsync(s => s.Id == request.SwapId, cancellationToken);
            if (swap is null)
            {
                return new SwapNotFound();
            }

            var accounts = await db.Volunteers.Where(v => v.Id == swap.FromVolunteerId || v.Id == swap.ToVolunteerId).Select(v => new { v.Id, v.AccountId }).ToListAsync(cancellationToken);
            if (!accounts.Exists(a => caller.MayActFor(a.AccountId)))
            {
                return new SwapNotFound();
            }

            if (swap.Status != SwapStatus.Pending)
            {
                return new SwapNotPending(swap.Status);
            }

            await swaps.End(swap, caller.Is(accounts.Find(a => a.Id == swap.FromVolunteerId)?.AccountId) ? SwapStatus.Withdrawn : SwapStatus.Declined, cancellationToken);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/swaps/{swapId:guid}/decline", (Guid swapId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(swapId), cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.SignUp);
}
