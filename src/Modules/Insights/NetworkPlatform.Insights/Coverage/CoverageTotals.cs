namespace NetworkPlatform.Insights.Coverage;

/// <summary>How many sessions are alike in whether they are cancelled, the places of their shift, and the confirmed sign-ups for it.</summary>
internal sealed record AlikeSessions(bool IsCancelled, int Places, int Confirmed, int Count);

/// <summary>
/// Coverage over sessions that are not cancelled. Rostering opens one shift for a session, with a place for each facilitator that it needs; a session
/// that needs none has no shift. Uncovered is a shift without any confirmed sign-up, open is a place without anybody: more sign-ups than places on
/// one shift fill no place on another.
/// </summary>
internal sealed record CoverageTotals(int Sessions, int Shifts, int Places, int Confirmed, int Uncovered, int Open, int Cancelled)
{
    internal static CoverageTotals Of(IReadOnlyCollection<AlikeSessions> all)
    {
        var sessions = all.Where(s => !s.IsCancelled).ToList();
        var shifts = sessions.Where(s => s.Places > 0).ToList();
        return new CoverageTotals(
            Sessions: sessions.Sum(s => s.Count),
            Shifts: shifts.Sum(s => s.Count),
            Places: shifts.Sum(s => s.Places * s.Count),
            Confirmed: shifts.Sum(s => s.Confirmed * s.Count),
            Uncovered: shifts.Where(s => s.Confirmed == 0).Sum(s => s.Count),
            Open: shifts.Sum(s => Math.Max(0, s.Places - s.Confirmed) * s.Count),
            Cancelled: all.Where(s => s.IsCancelled).Sum(s => s.Count));
    }
}
