namespace NetworkPlatform.Rostering.Shifts;

internal static class Places
{
    /// <summary>Takes a place if one is free: one statement, so that two who compete cannot both have the last one.</summary>
    internal static async Task<bool> TakePlace(this DbSet<Shift> shifts, Guid shiftId, CancellationToken cancellationToken) => await shifts
        .Where(s => s.Id == shiftId && s.Status == ShiftStatus.Open && s.Taken < s.Places)
        .ExecuteUpdateAsync(set => set.SetProperty(s => s.Taken, s => s.Taken + 1).SetProperty(s => s.Version, s => s.Version + 1), cancellationToken) == 1;

    internal static Task ReleasePlace(this DbSet<Shift> shifts, Guid shiftId, CancellationToken cancellationToken) => shifts
        .Where(s => s.Id == shiftId)
        .ExecuteUpdateAsync(set => set.SetProperty(s => s.Taken, s => s.Taken - 1).SetProperty(s => s.Version, s => s.Version + 1), cancellationToken);
}
