using NetworkPlatform.Rostering.Availability;
using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering.Coordination;

/// <summary>
/// Who could fill a shift: everybody who may take it, those first against whom nothing speaks that they have said themselves, then who would be warned of least, carry the least in the week
/// around it, and have done the least lately.
/// </summary>
internal static class ListStandIns
{
    private const int FairnessDays = 90;

    [AuditedRead("scheduling")]
    public sealed record Query(Guid ShiftId, int? Limit) : IQuery<Response>;

    /// <param name="HoursInWeek">Hours of the fullest seven days around the shift, with it.</param>
    /// <param name="HoursLately">Hours in the 90 days before it.</param>
    /// <param name="Warnings">Names of the rules that would warn.</param>
    /// <param name="Against">What they have said that speaks against it: unavailable, other-chapters, other-roles, shifts-per-week.</param>
    public sealed record Item(Guid VolunteerId, string Name, decimal HoursInWeek, decimal HoursLately, IReadOnlyList<string> Warnings, IReadOnlyList<string> Against);

    public sealed record Response(IReadOnlyList<Item> Items);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Limit).InclusiveBetween(1, Paging.Most).WithMessage($"Must be a whole number from 1 to {Paging.Most}.");
    }

    internal sealed class Handler(RosteringDbContext db, DutiesElsewhere elsewhere, PolicySets policies, TenantContext tenant, TimeProvider clock) : IQueryHandler<Query, Response>
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
            var eligible = candidates.Select(c => (Candidate: c, Eligibility: Eligibility.Of(shift, c, policy, now))).Where(c => c.Eligibility.Refusal is null).ToList();
            var said = await SaidBy(eligible.ConvertAll(c => c.Candidate.VolunteerId), cancellationToken);
            var best = eligible
                .Select(c => Weigh(c.Candidate, c.Eligibility.Decision, policy, shift) with { Against = said[c.Candidate.VolunteerId].Against(shift, c.Candidate) })
                .OrderBy(i => i.Against.Count).ThenBy(i => i.Warnings.Count).ThenBy(i => i.HoursInWeek).ThenBy(i => i.HoursLately).ThenBy(i => i.VolunteerId)
                .Take(request.Limit ?? 25).ToList();
            return new Response(best.ConvertAll(i => i with { Name = said[i.VolunteerId].Name }));
        }

        private Task<Dictionary<Guid, Said>> SaidBy(List<Guid> volunteers, CancellationToken cancellationToken) => db.Volunteers.Where(v => volunteers.Contains(v.Id))
            .Select(v => new Said(
                v.Id, v.Name, v.TimeZone ?? tenant.Tenant.TimeZone, v.Chapters, v.Roles, v.MaxShiftsPerWeek, db.Availabilities.Where(a => a.VolunteerId == v.Id).Select(a => a.Pattern).SingleOrDefault()))
            .ToDictionaryAsync(s => s.VolunteerId, cancellationToken);

        private static Item Weigh(Candidate candidate, BurnoutDecision decision, BurnoutPolicy policy, Shift shift)
        {
            var taken = TakenDuties.Of(policy, candidate.Duties, shift.StartsAt);
            var (week, _) = WorkRules.Heaviest(RestRules.Week, taken.Every, Placement.Of(shift.ToDuty(), policy));
            var lately = taken.Every.Work(shift.StartsAt.AddDays(-FairnessDays).UtcTicks, shift.StartsAt.UtcTicks);
            return new Item(
                candidate.VolunteerId, Name: "", decimal.Round(WorkRules.WorkInHours(week), 4), decimal.Round(WorkRules.WorkInHours(lately), 4), [.. decision.Findings.Select(f => f.Rule)], Against: []);
        }
    }

    /// <summary>What a volunteer has said of themselves. None of it refuses: a coordinator may ask them all the same.</summary>
    internal sealed record Said(Guid VolunteerId, string Name, string TimeZone, Guid[] Chapters, string[] Roles, int? MaxShiftsPerWeek, string? Pattern)
    {
        internal IReadOnlyList<string> Against(Shift shift, Candidate candidate)
        {
            List<string> against = [];
            var free = VolunteerAvailability.Read(Pattern).Between(shift.StartsAt, shift.EndsAt, TimeZone);
            if (free is not [var all] || all.From > shift.StartsAt || all.Until < shift.EndsAt)
            {
                against.Add("unavailable");
            }

            if (Chapters.Length > 0 && !Chapters.Contains(shift.ChapterId))
            {
                against.Add("other-chapters");
            }

            if (Roles.Length > 0 && !Roles.Any(name => EnumNames<ShiftRole>.Parse(name) == shift.Role))
            {
                against.Add("other-roles");
            }

            if (1 + candidate.Duties.Count(d => d.EndsAt > d.StartsAt && WeekOf(d.StartsAt) == WeekOf(shift.StartsAt)) > MaxShiftsPerWeek)
            {
                against.Add("shifts-per-week");
            }

            return against;
        }

        /// <summary>The Monday of the week by their own clock.</summary>
        private DateOnly WeekOf(DateTimeOffset instant)
        {
            var date = instant.DateIn(LocalClock.Zone(TimeZone));
            return date.AddDays(-(((int)date.DayOfWeek + 6) % 7));
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/shifts/{shiftId:guid}/stand-ins", (Guid shiftId, int? limit, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(shiftId, limit), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadVolunteers);
}
