namespace NetworkPlatform.Rostering.Burnout;

/// <summary>The days (or nights) with a duty, as runs without a free one in between: made once, so that a year of daily duties is not counted again for every start that is tried.</summary>
internal sealed class DateRuns
{
    private readonly List<int> firsts = [];
    private readonly List<int> lasts = [];

    private DateRuns()
    {
    }

    /// <param name="times">When each duty begins and ends on its own clock, in the order of their starts.</param>
    public static DateRuns Of(DailyPeriod period, ReadOnlySpan<(long Low, long High)> times)
    {
        var touched = new (int First, int Last)[times.Length];
        var count = 0;
        foreach (var (low, high) in times)
        {
            var days = period.Touched(low, high);
            if (days.Last < days.First)
            {
                continue;
            }

            // Only duties of different zones stand in another order than by their starts, and then hardly.
            var at = count++;
            while (at > 0 && touched[at - 1].First > days.First)
            {
                touched[at] = touched[at - 1];
                at--;
            }

            touched[at] = days;
        }

        var runs = new DateRuns();
        foreach (var (first, last) in touched.AsSpan(0, count))
        {
            if (runs.firsts.Count > 0 && first <= runs.lasts[^1] + 1)
            {
                runs.lasts[^1] = Math.Max(runs.lasts[^1], last);
            }
            else
            {
                runs.firsts.Add(first);
                runs.lasts.Add(last);
            }
        }

        return runs;
    }

    /// <summary>The run that a day belongs to; null for a free day.</summary>
    public (int First, int Last)? Around(int day)
    {
        var index = firsts.BinarySearch(day);
        index = index >= 0 ? index : ~index - 1;
        return index >= 0 && day <= lasts[index] ? (firsts[index], lasts[index]) : null;
    }
}
