namespace NetworkPlatform.Rostering.Shifts;

internal static class Places
{
    /// <summary>Takes a place if one is free and the shift is still as it was read: one statement, so that two who compete cannot both have the last one.</summary>
    internal static async Task<bool> TakePlace(this DbSet<Shift> shifts, Shift read, CancellationToken cancellationToken) => await shifts
        .Where(s => s.Id == read.Id && s.Status == ShiftStatus.Open && s.StartsAt == read.StartsAt && s.Taken < s.Places)
        .ExecuteUpdateAsync(set => set.SetProperty(s => s.Taken, s => s.Taken + 1).SetProperty(s => s.Version, s => s.Version + 1), cancellationToken) == 1;

    /// <summary>
    /// Joins the waitlist's end, by locking the shift's row: a cancellation either came before, and this is false, or waits and then finds the new sign-up.
    /// </summary>
    internal static async Task<bool> JoinWaitlist(this DbSet<Shift> shifts, Shift read, CancellationToken cancellationToken) => await shifts
        .Where(s => s.Id == read.Id && s.Status == ShiftStatus.Open && s.StartsAt == read.StartsAt)
        .ExecuteUpdateAsync(set => set.SetProperty(s => s.Version, s => s.Version + 1), cancellationToken) == 1;

    internal static Task ReleasePlace(this DbSet<Shift> shifts, Guid shiftId, CancellationToken cancellationToken) => shifts
        .Where(s => s.Id == shiftId)
        .ExecuteUpdateAsync(set => set.SetProperty(s => s.Taken, s => s.Taken - 1).SetProperty(s => s.Version, s => s.Version + 1), cancellationToken);
}
