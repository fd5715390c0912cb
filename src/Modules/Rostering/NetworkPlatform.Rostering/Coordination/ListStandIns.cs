using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering.Coordination;

/// <summary>Who could fill a shift: everybody who may take it, those first who would be warned of least, carry the least in the week around it, and have done the least lately.</summary>
internal static class ListStandIns
{
    private const int FairnessDays = 90;

    public sealed record Query(Guid ShiftId, int? Limit) : IQuery<Response>;

    /// <param name="HoursInWeek">Hours of the fullest seven days around the shift, with it.</param>
    /// <param name="HoursLately">Hours in the 90 days before it.</param>
    /// <param name="Warnings">Names of the rules that would warn.</param>
    public sealed record Item(Guid VolunteerId, string Name, decimal HoursInWeek, decimal HoursLately, IReadOnlyList<string> Warnings);

    public sealed record Response(IReadOnlyList<Item> Items);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, Paging.Most).WithMessage($"Must be a whole number from 1 to {Paging.Most}.");
    }

    internal sealed class Handler(RosteringDbContext db, DutiesElsewhere elsewhere, PolicySets policies, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var shift = await db.Shifts.AsNoTracking().SingleOrDefaultAsync(s => s.Id == request.ShiftId, cancellationToken);
            if (shift is null)
            {
                return new ShiftNotFound();
            }

            var others = db.Volunteers.Where(v => !db.SignUps.Any(s => s.ShiftId == shift.Id && s.VolunteerId == v.Id && s.Status != SignUpStatus.Cancelled));
            var candidates = await elsewhere.AddToShow(await db.Candidates(others, shift.StartsAt).ToListAsync(cancellationToken), shift.StartsAt, cancellationToken);
            var policy = (await policies.Newest(cancellationToken)).For(shift.ChapterId);
            var now = clock.GetUtcNow();
            var best = candidates
                .Select(c => (Candidate: c, Eligibility: Eligibility.Of(shift, c, policy, now)))
                .Where(c => c.Eligibility.Refusal is null)
                .Select(c => Weigh(c.Candidate, c.Eligibility.Decision, policy, shift))
                .OrderBy(i => i.Warnings.Count).ThenBy(i => i.HoursInWeek).ThenBy(i => i.HoursLately).ThenBy(i => i.VolunteerId)
                .Take(request.Limit ?? 25).ToList();
            var ids = best.ConvertAll(i => i.VolunteerId);
            var names = await db.Volunteers.Where(v => ids.Contains(v.Id)).Select(v => new { v.Id, v.Name }).ToDictionaryAsync(v => v.Id, v => v.Name, cancellationToken);
            return new Response(best.ConvertAll(i => i with { Name = names[i.VolunteerId] }));
        }

        private static Item Weigh(Candidate candidate, BurnoutDecision decision, BurnoutPolicy policy, Shift shift)
        {
            var taken = TakenDuties.Of(policy, candidate.Duties, shift.StartsAt);
            var (week, _) = WorkRules.Heaviest(RestRules.Week, taken.Every, Placement.Of(shift.ToDuty(), policy));
            var lately = taken.Every.Work(shift.StartsAt.AddDays(-FairnessDays).UtcTicks, shift.StartsAt.UtcTicks);
            return new Item(
                candidate.VolunteerId, Name: "", decimal.Round(WorkRules.WorkInHours(week), 4), decimal.Round(WorkRules.WorkInHours(lately), 4), [.. decision.Findings.Select(f => f.Rule)]);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/shifts/{shiftId:guid}/stand-ins", (Guid shiftId, int? limit, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(shiftId, limit), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadVolunteers);
}
