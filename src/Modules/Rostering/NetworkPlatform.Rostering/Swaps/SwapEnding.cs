using System.Linq.Expressions;
using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Swaps;

/// <summary>What goes together when a request ends: what it would have given no longer counts, and everybody hears.</summary>
internal sealed class SwapEnding(RosteringDbContext db, Outbox outbox)
{
    internal async Task End(Swap swap, SwapStatus outcome, CancellationToken cancellationToken)
    {
        swap.Status = outcome;
        await Release(swap, cancellationToken);
    }

    /// <summary>
    /// Ends the pending requests that give or ask for one of the sign-ups: those of other chapters, too, whoever the caller is, since nobody can give any more what they are about.
    /// Whose own shift is gone knows; that the one in return is gone is a refusal that whoever asked is to hear of.
    /// </summary>
    /// <param name="ofOwn">What becomes of requests to take over one of the sign-ups: withdrawn with it, unless whoever asked keeps it.</param>
    internal Task EndThoseOf(IReadOnlyList<Guid> signUpIds, CancellationToken cancellationToken, SwapStatus ofOwn = SwapStatus.Withdrawn) => EndAll(
        s => signUpIds.Contains(s.SignUpId) || (s.InReturnSignUpId != null && signUpIds.Contains(s.InReturnSignUpId.Value)),
        s => signUpIds.Contains(s.SignUpId) ? ofOwn : SwapStatus.Declined,
        cancellationToken);

    /// <summary>Ends the pending requests of somebody for a shift that they have come to in another way.</summary>
    internal Task EndThoseFor(Guid shiftId, Guid volunteerId, CancellationToken cancellationToken) =>
        EndAll(s => s.InReturnShiftId == shiftId && s.FromVolunteerId == volunteerId, _ => SwapStatus.Withdrawn, cancellationToken);

    private async Task EndAll(Expression<Func<Swap, bool>> which, Expression<Func<Swap, SwapStatus>> outcome, CancellationToken cancellationToken)
    {
        // What this transaction has ended already, the database still holds for pending.
        var ended = db.Swaps.Local.Where(s => s.Status != SwapStatus.Pending).Select(s => s.Id).ToList();
        var pending = db.InEveryChapter<Swap>().Where(which).Where(s => s.Status == SwapStatus.Pending && !ended.Contains(s.Id));
        var ending = await pending.AsNoTracking().ToListAsync(cancellationToken);
        if (ending.Count == 0)
        {
            return;
        }

        await pending.ExecuteUpdateAsync(set => set.SetProperty(s => s.Status, outcome).SetProperty(s => s.Version, s => s.Version + 1), cancellationToken);
        var outcomeOf = outcome.Compile();
        foreach (var swap in ending)
        {
            swap.Status = outcomeOf(swap);
            await Release(swap, cancellationToken);
        }
    }

    private async Task Release(Swap swap, CancellationToken cancellationToken)
    {
        await db.Commitments.Where(c => c.Id == swap.Id).ExecuteDeleteAsync(cancellationToken);
        outbox.Publish(new SwapEnded(
            swap.Id, swap.ShiftId, swap.FromVolunteerId, swap.ToVolunteerId, swap.ChapterId, EnumNames<SwapStatus>.Of(swap.Status)));
    }
}
