using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering.Coordination;

/// <summary>Volunteers to have a word with: those whose load is beyond a limit now, and those who have been silent, with nothing behind them for so many days and nothing ahead.</summary>
internal static class ListVolunteersToWatch
{
    private const int UsualDays = 60;

    /// <summary>What is about the one next shift says nothing about how somebody is doing.</summary>
    private static readonly BurnoutRule[] Telling =
        [.. BurnoutRules.OfPeople.Except([BurnoutRule.ShiftLength, BurnoutRule.DemandingPerDay, BurnoutRule.RestBetweenShifts, BurnoutRule.Break])];

    /// <param name="SilentDays">60 where not given.</param>
    [AuditedRead("scheduling")]
    public sealed record Query(int? SilentDays) : IQuery<Response>;

    /// <param name="Beyond">The limits passed, warnings among them, most severe first.</param>
    /// <param name="SilentSince">The last shift's end, or the registration; null for somebody who is not silent.</param>
    public sealed record Item(Guid VolunteerId, string Name, IReadOnlyList<Passed> Beyond, DateTimeOffset? SilentSince);

    public sealed record Passed(string Rule, Burnout.Severity Severity, decimal Limit, decimal Actual, string Unit);

    public sealed record Response(IReadOnlyList<Item> Items);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.SilentDays).InclusiveBetween(1, 365).WithMessage("Must be from 1 to 365.");
    }

    internal sealed class Handler(RosteringDbContext db, DutiesElsewhere elsewhere, PolicySets policies, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var quietFor = now.AddDays(-(request.SilentDays ?? UsualDays));
            var known = await db.Volunteers
                .Select(v => new { v.Id, v.Name, Last = db.Commitments.Where(c => c.PersonId == v.PersonId).Max(c => (DateTimeOffset?)c.EndsAt) })
                .ToDictionaryAsync(v => v.Id, cancellationToken);
            var candidates = await elsewhere.AddToShow(await db.Candidates(db.Volunteers, now).ToListAsync(cancellationToken), now, cancellationToken);
            var policy = (await policies.Newest(cancellationToken)).Tenant;
            return new Response([.. candidates
                .Select(c => new Item(c.VolunteerId, known[c.VolunteerId].Name, BeyondLimits(policy, c.Duties, now), SilentSince(c, known[c.VolunteerId].Last, quietFor)))
                .Where(i => i.Beyond.Count > 0 || i.SilentSince is not null)
                .OrderByDescending(i => i.Beyond.Count(b => b.Severity == Burnout.Severity.Refuse)).ThenByDescending(i => i.Beyond.Count).ThenBy(i => i.SilentSince).ThenBy(i => i.VolunteerId)]);
        }

        private static IReadOnlyList<Passed> BeyondLimits(BurnoutPolicy policy, List<Duty> duties, DateTimeOffset now)
        {
            var readings = BurnoutRules.Load(policy, duties, now).ToDictionary(r => r.Rule, StringComparer.Ordinal);
            List<Passed> passed = [];
            foreach (var rule in Telling)
            {
                if (readings.TryGetValue(rule.Name(), out var reading)
                    && (rule.IsMinimum() ? policy.For(rule).Below(reading.Actual) : policy.For(rule).Above(reading.Actual)) is var (severity, limit))
                {
                    passed.Add(new Passed(reading.Rule, severity, limit, reading.Actual, reading.Unit));
                }
            }

            return [.. passed.OrderByDescending(p => p.Severity)];
        }

        // An id tells when it was made: a volunteer without a shift has been silent since their registration.
        private static DateTimeOffset? SilentSince(Candidate candidate, DateTimeOffset? lastHere, DateTimeOffset quietFor)
        {
            var registered = DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(candidate.VolunteerId.ToString("N")[..12], 16));
            var last = candidate.Duties.Select(d => d.EndsAt).Append(lastHere ?? registered).Append(registered).Max();
            return last < quietFor ? last : null;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/coordination/volunteers", (int? silentDays, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(silentDays), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadVolunteers);
}
