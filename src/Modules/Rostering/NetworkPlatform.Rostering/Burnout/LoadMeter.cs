namespace NetworkPlatform.Rostering.Burnout;

/// <summary>
/// Where a volunteer stands with each rule that has a limit, as a duty without length at <c>now</c> would find it:
/// <list type="bullet">
/// <item>shift-length: the longest duty under way or ahead, with its own window; 0 at <c>now</c> when there is none;</item>
/// <item>hours-*: the fullest window of that length that holds <c>now</c>, so past work and what is already taken ahead;</item>
/// <item>demanding-per-day: demanding duties on today's date;</item>
/// <item>rest-between-shifts: hours since the last duty ended, 0 during one, at most the seven days that the window then shows;</item>
/// <item>weekly-rest: the longest stretch without a duty in the seven days that end at <c>now</c>;</item>
/// <item>consecutive-*: the run of dates or nights with a duty that today's belongs to or, while today's is free, the longer one of
/// those that ended yesterday and that begin tomorrow; none has today as its window;</item>
/// <item>break, time-off: the stretch that goes on at <c>now</c>, 0 where an interruption does;</item>
/// <item>group-supervision: days since the last one, else since the first duty;</item>
/// <item>debrief: critical sessions that wait for theirs, of all time.</item>
/// </list>
/// Today is the date of <c>now</c> in the zone of the last duty that has begun, else of the next one, else in UTC.
/// </summary>
internal static class LoadMeter
{
    public static IReadOnlyList<LoadReading> Read(TakenDuties taken, long now)
    {
        var readings = new List<LoadReading>();
        foreach (var rule in BurnoutRules.OfPeople)
        {
            if (taken.Policy.For(rule).Foremost is { } limit)
            {
                var (actual, from, to) = Read(rule, taken, now);
                readings.Add(new LoadReading(
                    rule.Name(), limit, decimal.Round(actual, 4), rule.Unit(), LocalClock.Utc(from), LocalClock.Utc(to)));
            }
        }

        return readings;
    }

    private static (decimal Actual, long From, long To) Read(BurnoutRule rule, TakenDuties taken, long now) =>
        rule switch
        {
            BurnoutRule.ShiftLength => LongestAhead(taken.Sessions, now),
            BurnoutRule.Hours24h or BurnoutRule.Hours7d or BurnoutRule.Hours365d => Hours(WorkRules.Window(rule), taken.Every, now),
            BurnoutRule.DemandingPerDay => DemandingToday(taken.Policy, taken.Sessions, now),
            BurnoutRule.RestBetweenShifts => RestSoFar(taken.Sessions, now),
            BurnoutRule.WeeklyRest => LongestRestBehind(taken.Sessions, now),
            BurnoutRule.ConsecutiveDays => Run(DailyPeriod.Day, taken.Sessions, now),
            BurnoutRule.ConsecutiveNights => Run(DailyPeriod.Night(taken.Policy), taken.Sessions, now),
            BurnoutRule.Break or BurnoutRule.TimeOff => Stretch(rule, taken.Sessions, now),
            BurnoutRule.GroupSupervision => SinceSupervision(taken, now),
            BurnoutRule.Debrief => (taken.WithoutDebrief(DebriefDue.Critical, now).Count(), now, now),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, message: null),
        };

    private static (decimal Actual, long From, long To) LongestAhead(Timeline timeline, long now)
    {
        var longest = (From: now, To: now);
        for (var i = 0; i < timeline.Count; i++)
        {
            var (start, end) = (timeline.Start(i), timeline.End(i));
            longest = end > now && end - start > longest.To - longest.From ? (start, end) : longest;
        }

        return ((decimal)(longest.To - longest.From) / TimeSpan.TicksPerMinute, longest.From, longest.To);
    }

    private static (decimal Actual, long From, long To) Hours(long length, Timeline timeline, long now)
    {
        var (work, start) = WorkRules.Heaviest(length, timeline, At(now));
        return (WorkRules.WorkInHours(work), start, start + length);
    }

    private static (decimal Actual, long From, long To) DemandingToday(BurnoutPolicy policy, Timeline timeline, long now)
    {
        var zone = Zone(timeline, now);
        var today = Today(DailyPeriod.Day, zone, now);
        return (
            CalendarRules.Touching(timeline, DailyPeriod.Day, today, policy.DemandingFrom),
            DailyPeriod.Day.Begins(zone, today),
            DailyPeriod.Day.Ends(zone, today));
    }

    private static (decimal Actual, long From, long To) RestSoFar(Timeline timeline, long now)
    {
        var lastEnd = timeline.LatestEndOfFirst(timeline.StartedBefore(now + 1)) ?? long.MinValue;
        var from = Math.Clamp(lastEnd, now - RestRules.Week, now);
        return (WorkRules.InHours(now - from), from, now);
    }

    private static (decimal Actual, long From, long To) LongestRestBehind(Timeline timeline, long now)
    {
        var windowStart = now - RestRules.Week;
        var restingSince = windowStart;
        var longest = 0L;
        for (var i = 0; i < timeline.Count && timeline.Start(i) < now; i++)
        {
            longest = Math.Max(longest, timeline.Start(i) - restingSince);
            restingSince = Math.Max(restingSince, timeline.End(i));
        }

        longest = Math.Max(longest, now - restingSince);
        return (WorkRules.InHours(longest), windowStart, now);
    }

    private static (decimal Actual, long From, long To) Run(DailyPeriod period, Timeline timeline, long now)
    {
        var zone = Zone(timeline, now);
        var today = Today(period, zone, now);
        var (first, last) = CalendarRules.Run(timeline, period, (today, today));
        if (CalendarRules.Touching(timeline, period, today) == 0)
        {
            (first, last) = today - first >= last - today ? (first, today - 1) : (today + 1, last);
        }

        return last < first
            ? (0, period.Begins(zone, today), period.Ends(zone, today))
            : (last - first + 1, period.Begins(zone, first), period.Ends(zone, last));
    }

    private static (decimal Actual, long From, long To) Stretch(BurnoutRule rule, Timeline timeline, long now)
    {
        var (interruption, unit) = CareRules.Stretch(rule);
        var chain = Chain.Linked(timeline, At(now), interruption);
        return ((decimal)chain.Span / unit, chain.Start, chain.End);
    }

    private static (decimal Actual, long From, long To) SinceSupervision(TakenDuties taken, long now)
    {
        var first = taken.Sessions.Count > 0 ? taken.Sessions.Start(0) : now;
        var since = Math.Min(taken.Supervision(now).Before ?? first, now);
        return ((decimal)(now - since) / TimeSpan.TicksPerDay, since, now);
    }

    // The night of a date lasts into the next one: until its end, that night is still today's.
    private static int Today(DailyPeriod period, TimeZoneInfo zone, long now) => period.TouchedBy(zone, now, now + 1).First;

    private static TimeZoneInfo Zone(Timeline timeline, long now)
    {
        var begun = timeline.StartedBefore(now + 1);
        return timeline.Count == 0 ? TimeZoneInfo.Utc : LocalClock.Zone(timeline[Math.Max(0, begun - 1)].TimeZone);
    }

    private static Placement At(long now) => new(now, Length: 0, TimeZoneInfo.Utc, IsDemanding: false, IsSession: true, Weight: 100);
}
