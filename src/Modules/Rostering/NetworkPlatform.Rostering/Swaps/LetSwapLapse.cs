using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Swaps;

/// <summary>Ends a request that nobody answered before the first of its shifts began. Only the request's own event sends it.</summary>
internal static class LetSwapLapse
{
    public sealed record Command(Guid SwapId) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db, SwapEnding swaps, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var swap = await db.Swaps.SingleOrDefaultAsync(s => s.Id == request.SwapId && s.Status == SwapStatus.Pending, cancellationToken);
            if (swap is null)
            {
                return Done.Instance;
            }

            if (swap.Until > clock.GetUtcNow())
            {
                outbox.PublishAt(swap.Until, new SwapTimeUp(swap.Id)); // another node's clock is ahead of this one's
                return Done.Instance;
            }

            await swaps.End(swap, SwapStatus.Lapsed, cancellationToken);
            return Done.Instance;
        }
    }
}
