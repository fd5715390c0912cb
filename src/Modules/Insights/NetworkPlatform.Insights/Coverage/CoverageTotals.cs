namespace NetworkPlatform.Insights.Coverage;

/// <summary>How many shifts are alike in their places and the confirmed sign-ups for them.</summary>
internal sealed record AlikeShifts(int Places, int Confirmed, int Count);

/// <summary>
/// Coverage over the shifts of sessions that are not cancelled: a session has one for its facilitators, and may have others. Uncovered is a shift without any confirmed sign-up, open is a
/// place without anybody: more sign-ups than places on one shift fill no place on another.
/// </summary>
internal sealed record CoverageTotals(int Shifts, int Places, int Confirmed, int Uncovered, int Open)
{
    internal static CoverageTotals Of(IReadOnlyCollection<AlikeShifts> all)
    {
        // A session that needs nobody has a shift without places, which nobody misses.
        var shifts = all.Where(s => s.Places > 0).ToList();
        return new CoverageTotals(
            Shifts: shifts.Sum(s => s.Count),
            Places: shifts.Sum(s => s.Places * s.Count),
            Confirmed: shifts.Sum(s => s.Confirmed * s.Count),
            Uncovered: shifts.Where(s => s.Confirmed == 0).Sum(s => s.Count),
            Open: shifts.Sum(s => Math.Max(0, s.Places - s.Confirmed) * s.Count));
    }
}
