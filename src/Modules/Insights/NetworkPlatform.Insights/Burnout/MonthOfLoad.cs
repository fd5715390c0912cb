using NetworkPlatform.Insights.Retention;

namespace NetworkPlatform.Insights.Burnout;

/// <summary>An attended shift that was beyond what is good for its volunteer.</summary>
/// <param name="Limits">Names, as <see cref="AttendanceFact.Overload"/> has them.</param>
internal sealed record OverloadedShift(Guid VolunteerId, string Limits, bool IsOverridden);

/// <summary>
/// How many volunteers attended in a month, and of how many the load was near or past a limit. A number is null where it is from 1 to 4, or where taking it from the one it is part of
/// would leave such a number (complementary suppression).
/// </summary>
/// <param name="Limits">By name, those of which the number may be told.</param>
internal sealed record MonthOfLoad(int? Volunteers, int? Overloaded, int? Overridden, IReadOnlyList<(string Name, int Volunteers)> Limits)
{
    /// <summary>Smaller numbers could be told to be somebody.</summary>
    internal const int FewestTold = 5;

    internal static MonthOfLoad Of(int volunteers, IReadOnlyCollection<OverloadedShift> overloaded)
    {
        var (told, inLoad) = (Told(volunteers), Count(overloaded));
        var toldInLoad = told is null ? null : Part(inLoad, volunteers);
        return new MonthOfLoad(
            told,
            toldInLoad,
            toldInLoad is null ? null : Part(Count(overloaded.Where(s => s.IsOverridden)), inLoad),
            toldInLoad is null ? [] : [.. LimitsOf(overloaded).Where(l => Part(l.Volunteers, inLoad) is not null).OrderByDescending(l => l.Volunteers).ThenBy(l => l.Name, StringComparer.Ordinal)]);
    }

    internal static int? Told(int count) => count is > 0 and < FewestTold ? null : count;

    private static int? Part(int part, int whole) => Told(part) is null || Told(whole - part) is null ? null : part;

    private static IEnumerable<(string Name, int Volunteers)> LimitsOf(IEnumerable<OverloadedShift> shifts) => shifts
        .SelectMany(s => s.Limits.Split(AttendanceFact.BetweenLimits), (shift, limit) => (shift, limit))
        .GroupBy(s => s.limit, s => s.shift, StringComparer.Ordinal)
        .Select(g => (g.Key, Count(g)));

    private static int Count(IEnumerable<OverloadedShift> shifts) => shifts.Select(s => s.VolunteerId).Distinct().Count();
}
