using NetworkPlatform.Rostering.Contracts;

namespace NetworkPlatform.Rostering.Swaps;

/// <summary>What goes together when a request ends: what it would have given no longer counts, and everybody hears.</summary>
internal sealed class SwapEnding(RosteringDbContext db, Outbox outbox)
{
    internal async Task End(Swap swap, SwapStatus outcome, CancellationToken cancellationToken)
    {
        swap.Status = outcome;
        await db.Commitments.Where(c => c.Id == swap.Id).ExecuteDeleteAsync(cancellationToken);
        outbox.Publish(new SwapEnded(
            swap.Id, swap.ShiftId, swap.FromVolunteerId, swap.ToVolunteerId, swap.ChapterId, System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.ToString())));
    }

    /// <summary>Ends the pending requests that give or ask for one of the sign-ups.</summary>
    internal async Task EndThoseOf(IReadOnlyList<Guid> signUpIds, CancellationToken cancellationToken)
    {
        var pending = await db.Swaps.Where(s => s.Status == SwapStatus.Pending && (signUpIds.Contains(s.SignUpId) || (s.InReturnSignUpId != null && signUpIds.Contains(s.InReturnSignUpId.Value))))
            .ToListAsync(cancellationToken);
        foreach (var swap in pending.Where(s => s.Status == SwapStatus.Pending))
        {
            await End(swap, SwapStatus.Withdrawn, cancellationToken);
        }
    }
}
