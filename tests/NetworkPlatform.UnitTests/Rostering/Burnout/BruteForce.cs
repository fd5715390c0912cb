using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.UnitTests.Rostering.Burnout;

/// <summary>
/// The rules once more, written to be obviously right and not to be fast: every window in small steps, every local time of a
/// duty looked at, dates as sets. For duties and limits on quarter hours; the candidate may start on any minute.
/// </summary>
internal sealed class BruteForce(BurnoutPolicy policy)
{
    // Time is counted in half minutes: the middle of a minute is where the weekly rest of a candidate on a whole minute is shortest.
    private const int Hour = 120;
    private const int Day = 24 * Hour;
    private const int Week = 7 * Day;

    /// <summary>
    /// Half minutes from one window to the next. Half a quarter of an hour misses nothing while the candidate starts on a quarter, too.
    /// </summary>
    public int Step { get; init; } = 15;

    /// <summary>What each broken rule says, by name, and its actual value.</summary>
    public Dictionary<string, (Severity Severity, decimal Actual)> Judge(IReadOnlyCollection<Duty> taken, Duty candidate) =>
        Readings(taken, candidate)
            .Select(reading => (reading.Rule, Severity: SeverityOf(reading), reading.Actual))
            .Where(reading => reading.Severity is not null)
            .GroupBy(reading => reading.Rule)
            .Select(same => same.MaxBy(reading => reading.Severity))
            .ToDictionary(reading => reading.Rule.Name(), reading => (reading.Severity!.Value, reading.Actual), StringComparer.Ordinal);

    public bool Refuses(IReadOnlyCollection<Duty> taken, Duty candidate) =>
        Readings(taken, candidate).Any(reading => SeverityOf(reading) == Severity.Refuse);

    // A rule without a limit is not worked out.
    private IEnumerable<(BurnoutRule Rule, decimal Actual, Severity? AtMost)> Readings(IReadOnlyCollection<Duty> taken, Duty candidate)
    {
        var everything = taken;
        taken = [.. taken.Where(duty => duty.Kind == DutyKind.Session)];
        foreach (var rule in BurnoutRules.OfPeople.Where(rule => policy.For(rule) != default && (candidate.Kind == DutyKind.Session || rule.Name().StartsWith("hours", StringComparison.Ordinal))))
        {
            var actual = rule switch
            {
                BurnoutRule.ShiftLength => (HalfMinutes(candidate.EndsAt) - HalfMinutes(candidate.StartsAt)) / 2m,
                BurnoutRule.Hours24h => MostHours(everything, candidate, Day),
                BurnoutRule.Hours7d => MostHours(everything, candidate, Week),
                BurnoutRule.Hours365d => MostHours(everything, candidate, 365 * Day),
                BurnoutRule.DemandingPerDay => MostDemanding(taken, candidate),
                BurnoutRule.RestBetweenShifts => LeastGap(taken, candidate, (_, _) => true),
                BurnoutRule.WeeklyRest => LeastWeeklyRest(taken, candidate),
                BurnoutRule.ConsecutiveDays => LongestRun(taken, candidate, DatesOf),
                BurnoutRule.ConsecutiveNights => LongestRun(taken, candidate, NightsOf),
                BurnoutRule.Break => Stretch(taken, candidate, TimeSpan.FromMinutes(20)) / TimeSpan.TicksPerHour,
                BurnoutRule.TimeOff => Stretch(taken, candidate, TimeSpan.FromDays(30)) / TimeSpan.TicksPerDay,
                BurnoutRule.GroupSupervision => Unsupervised(everything, candidate),
                BurnoutRule.Debrief => everything.Count(duty => duty.Debrief == DebriefDue.Critical && duty.StartsAt < candidate.StartsAt),
                _ => throw new InvalidOperationException(),
            };
            yield return (rule, actual, rule is BurnoutRule.RestBetweenShifts or BurnoutRule.Debrief ? Severity.Refuse : null);
            if (rule == BurnoutRule.Debrief)
            {
                yield return (rule, taken.Count(duty => IsLate(duty, candidate)), Severity.Warn);
            }

            if (rule == BurnoutRule.RestBetweenShifts)
            {
                yield return (rule, LeastGap(taken, candidate, (earlier, _) => IsDemanding(earlier)), Severity.Warn);
            }
        }
    }

    private Severity? SeverityOf((BurnoutRule Rule, decimal Actual, Severity? Only) reading)
    {
        var (warn, refuse) = policy.For(reading.Rule);
        bool Broken(decimal? limit) =>
            limit is { } value && (reading.Rule.IsMinimum() ? reading.Actual < value : reading.Actual > value);
        if (Broken(refuse) && reading.Only != Severity.Warn)
        {
            return Severity.Refuse;
        }

        return Broken(warn) && reading.Only != Severity.Refuse ? Severity.Warn : null;
    }

    // The windows at both edges only touch the candidate; what they hold, those beside them hold nearly, and more than a limit as well.
    private decimal MostHours(IReadOnlyCollection<Duty> taken, Duty candidate, int length)
    {
        if (WeightOf(candidate) == 0)
        {
            return 0;
        }

        var spans = taken.Append(candidate).Select(duty => (From: HalfMinutes(duty.StartsAt), To: HalfMinutes(duty.EndsAt), Weight: WeightOf(duty))).ToArray();
        var most = 0;
        var from = HalfMinutes(candidate.StartsAt) - length;
        while (from <= HalfMinutes(candidate.EndsAt))
        {
            // Nothing changes until an edge of the window comes to a duty.
            var (work, free) = (0, int.MaxValue);
            foreach (var span in spans)
            {
                work += span.Weight * Math.Max(0, Math.Min(span.To, from + length) - Math.Max(span.From, from));
                free = Math.Min(free, Math.Min(Ahead((span.From, span.To), from), Ahead((span.From, span.To), from + length)));
            }

            most = Math.Max(most, work);
            from += Math.Max(Step, Math.Min(free, length));
        }

        return most / 100m / Hour;
    }

    private int WeightOf(Duty duty) => policy.Weights.Of(duty.Kind, duty.Intensity);

    // Takes in one duty after the other that comes near enough to those it has, until none does.
    private static decimal Stretch(IEnumerable<Duty> taken, Duty candidate, TimeSpan interruption)
    {
        var left = taken.ToList();
        var (from, to) = (candidate.StartsAt, candidate.EndsAt);
        while (left.Exists(duty => duty.StartsAt - to < interruption && from - duty.EndsAt < interruption))
        {
            var next = left.First(duty => duty.StartsAt - to < interruption && from - duty.EndsAt < interruption);
            left.Remove(next);
            (from, to) = (next.StartsAt < from ? next.StartsAt : from, next.EndsAt > to ? next.EndsAt : to);
        }

        return (to - from).Ticks;
    }

    private static decimal Unsupervised(IReadOnlyCollection<Duty> taken, Duty candidate)
    {
        var supervised = taken.Where(duty => duty.Kind == DutyKind.Supervision && duty.EndsAt <= candidate.StartsAt).Select(duty => duty.EndsAt);
        var began = taken.Where(duty => duty.Kind == DutyKind.Session).Select(duty => duty.StartsAt).Append(candidate.StartsAt).Min();
        return (decimal)(candidate.StartsAt - supervised.DefaultIfEmpty(began).Max()).TotalMinutes / 60 / 24;
    }

    private static bool IsLate(Duty duty, Duty candidate) =>
        duty.Debrief == DebriefDue.Usual && duty.StartsAt < candidate.StartsAt && duty.EndsAt > candidate.StartsAt.AddDays(-14)
        && DateIn(duty.TimeZone, duty.EndsAt.AddMinutes(-1)) < DateIn(duty.TimeZone, candidate.StartsAt);

    private static DateOnly DateIn(string zone, DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);

    private static int Ahead((int From, int To) span, int time) => time > span.To ? int.MaxValue : Math.Max(0, span.From - time);

    private decimal LeastWeeklyRest(IReadOnlyCollection<Duty> taken, Duty candidate)
    {
        var spans = Spans(taken, candidate);
        var least = Week;
        for (var from = HalfMinutes(candidate.StartsAt) - Week; from <= HalfMinutes(candidate.EndsAt); from += Step)
        {
            var (longest, freeSince) = (0, from);
            foreach (var span in spans)
            {
                if (span.To > from && span.From < from + Week)
                {
                    longest = Math.Max(longest, span.From - freeSince);
                    freeSince = Math.Max(freeSince, span.To);
                }
            }

            least = Math.Min(least, Math.Max(longest, from + Week - freeSince));
        }

        return (decimal)least / Hour;
    }

    private static (int From, int To)[] Spans(IReadOnlyCollection<Duty> taken, Duty candidate) =>
        [.. taken.Append(candidate).Select(duty => (From: HalfMinutes(duty.StartsAt), To: HalfMinutes(duty.EndsAt))).Order()];

    // A taken duty that starts before the candidate ends is the earlier of the two.
    private static decimal LeastGap(IEnumerable<Duty> taken, Duty candidate, Func<Duty, Duty, bool> counts)
    {
        var least = decimal.MaxValue;
        foreach (var duty in taken)
        {
            var (earlier, later) = duty.StartsAt < candidate.EndsAt ? (duty, candidate) : (candidate, duty);
            if (counts(earlier, later))
            {
                least = Math.Min(least, Math.Max(0, (decimal)(later.StartsAt - earlier.EndsAt).TotalMinutes / 60));
            }
        }

        return least;
    }

    private decimal MostDemanding(IReadOnlyCollection<Duty> taken, Duty candidate) => IsDemanding(candidate)
        ? DatesOf(candidate).Max(date => 1 + taken.Count(duty => IsDemanding(duty) && DatesOf(duty).Contains(date)))
        : 0;

    private static decimal LongestRun(IReadOnlyCollection<Duty> taken, Duty candidate, Func<Duty, HashSet<DateOnly>> datesOf)
    {
        var own = datesOf(candidate);
        var all = taken.SelectMany(datesOf).Concat(own).ToHashSet();
        return own.Select(date => 1 + Steps(date, 1) + Steps(date, -1)).DefaultIfEmpty(0).Max();

        int Steps(DateOnly date, int direction)
        {
            var steps = 0;
            while (all.Contains(date.AddDays((steps + 1) * direction)))
            {
                steps++;
            }

            return steps;
        }
    }

    private static HashSet<DateOnly> DatesOf(Duty duty) => [.. LocalTimes(duty).Select(DateOnly.FromDateTime)];

    private HashSet<DateOnly> NightsOf(Duty duty)
    {
        var nights = new HashSet<DateOnly>();
        foreach (var local in LocalTimes(duty))
        {
            var (date, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
            if (policy.NightStart < policy.NightEnd)
            {
                if (time >= policy.NightStart && time < policy.NightEnd)
                {
                    nights.Add(date);
                }
            }
            else if (time >= policy.NightStart)
            {
                nights.Add(date);
            }
            else if (time < policy.NightEnd)
            {
                nights.Add(date.AddDays(-1));
            }
        }

        return nights;
    }

    // Every quarter of an hour and the last minute: no zone changes date or offset within a quarter.
    private static IEnumerable<DateTime> LocalTimes(Duty duty)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(duty.TimeZone);
        for (var instant = duty.StartsAt; instant < duty.EndsAt; instant = instant.AddMinutes(15))
        {
            yield return TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        }

        yield return TimeZoneInfo.ConvertTime(duty.EndsAt.AddMinutes(-1), zone).DateTime;
    }

    private bool IsDemanding(Duty duty) => duty.Intensity >= policy.DemandingFrom;

    private static int HalfMinutes(DateTimeOffset instant) =>
        (int)((instant - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).Ticks / (TimeSpan.TicksPerMinute / 2));
}
