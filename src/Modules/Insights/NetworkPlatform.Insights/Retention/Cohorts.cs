namespace NetworkPlatform.Insights.Retention;

/// <summary>Volunteers whose first attended shift was in the same month, and how many of them attended in each month from that one on.</summary>
internal sealed record Cohort(DateOnly Month, int Size, IReadOnlyList<RetainedMonth> Retained);

/// <param name="Rate">Of the cohort's size, 0 to 1, to four decimals.</param>
internal sealed record RetainedMonth(DateOnly Month, int Count, decimal Rate);

/// <summary>Cohort retention: "still there" means at least one attended shift in the month, whatever was in between.</summary>
internal static class Cohorts
{
    /// <summary>
    /// Cohorts by month, oldest first, each with every month up to <paramref name="until"/> or the last attended one, whichever is later.
    /// Months are their first days.
    /// </summary>
    internal static IReadOnlyList<Cohort> Of(IReadOnlyCollection<(Guid VolunteerId, DateOnly Month)> attended, DateOnly until)
    {
        var last = attended.Select(a => a.Month).Append(until).Max();
        return
        [
            .. attended
                .GroupBy(a => a.VolunteerId, a => a.Month)
                .Select(months => months.ToHashSet())
                .GroupBy(months => months.Min())
                .OrderBy(volunteers => volunteers.Key)
                .Select(volunteers => Follow(volunteers.Key, [.. volunteers], last)),
        ];
    }

    private static Cohort Follow(DateOnly first, List<HashSet<DateOnly>> volunteers, DateOnly last)
    {
        List<RetainedMonth> retained = [];
        for (var month = first; month <= last; month = month.AddMonths(1))
        {
            var count = volunteers.Count(months => months.Contains(month));
            retained.Add(new RetainedMonth(month, count, Math.Round((decimal)count / volunteers.Count, 4)));
        }

        return new Cohort(first, volunteers.Count, retained);
    }
}
