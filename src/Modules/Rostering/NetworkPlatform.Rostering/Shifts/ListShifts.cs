using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Shifts;

/// <summary>The tenant's shifts in the order of their start; those to come unless a period is given. For a volunteer, each says whether they may take it, and why not.</summary>
internal static class ListShifts
{
    private const int MostForVolunteer = 200;

    private const string Me = "me";

    /// <param name="EligibleFor">A volunteer's id, or 'me'.</param>
    [AuditedRead("scheduling")]
    public sealed record Query(DateTimeOffset? From, DateTimeOffset? To, string? Status, Guid? ChapterId, string? Role, string? EligibleFor, Paging Paging) : IQuery<Page<Item>>, IAuditedAtTimes
    {
        /// <summary>Somebody else's load can be read off the answer.</summary>
        bool IAuditedAtTimes.IsAudited => EligibleFor is not (null or Me);
    }

    /// <param name="Taken">Confirmed or on offer.</param>
    /// <param name="Eligibility">Null unless asked for.</param>
    public sealed record Item(
        Guid Id, Guid? SessionId, Guid? GroupId, Guid ChapterId, string Title, ShiftRole Role, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone,
        int Places, int Taken, int Intensity, ShiftStatus Status, ShiftEligibility? Eligibility);

    /// <summary>The last row of a page.</summary>
    public sealed record Position(DateTimeOffset StartsAt, Guid Id);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Status).Must(status => status is null || EnumNames<Cover>.Parse(status) is not null).WithMessage(EnumNames<Cover>.MustBeOne);
            RuleFor(q => q.Role).Must(role => role is null || EnumNames<ShiftRole>.Parse(role) is not null).WithMessage(EnumNames<ShiftRole>.MustBeOne);
            RuleFor(q => q.From).WithinCalendar();
            RuleFor(q => q.To).Must((query, to) => to is null || query.From is null || to > query.From).WithMessage("Must be later than from.");
            RuleFor(q => q.EligibleFor).Must(who => who is null or Me || Guid.TryParse(who, out _)).WithMessage("Must be a volunteer's id or 'me'.");
            RuleFor(q => q.Paging.Limit).Must((query, limit) => limit <= Paging.Most || query.EligibleFor is not null).OverridePropertyName("limit")
                .WithMessage($"Must be a whole number from 1 to {Paging.Most}.");
        }
    }

    internal sealed class Handler(
        RosteringDbContext db, DutiesElsewhere elsewhere, PolicySets policies, Caller caller, TimeProvider clock) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var from = request.From ?? now;
            var shifts = ShiftFilter.Apply(db.Shifts.AsNoTracking(), from, request).OrderBy(s => s.StartsAt).ThenBy(s => s.Id).Take(request.Paging.Limit + 1);
            if (request.EligibleFor is null)
            {
                var items = await shifts.Select(s => new Item(
                    s.Id, s.SessionId, s.GroupId, s.ChapterId, s.Title, s.Role, s.StartsAt, s.EndsAt, s.TimeZone, s.Places, s.Taken, s.Intensity, s.Status, null)).ToListAsync(cancellationToken);
                return request.Paging.ToPage(items, s => new Position(s.StartsAt, s.Id));
            }

            // One query for the person with all their duties, one for the shifts; the decisions are made in memory.
            var who = Guid.TryParse(request.EligibleFor, out var volunteerId)
                ? db.Volunteers.Where(v => v.Id == volunteerId)
                : db.Volunteers.OwnOf(caller);
            var here = await db.Candidates(who, from).SingleOrDefaultAsync(cancellationToken);
            if (here is null || !caller.MayActFor(here.AccountId))
            {
                return new VolunteerNotFound();
            }

            var candidate = (await elsewhere.AddToShow([here], from, cancellationToken))[0];

            var found = await shifts.Select(s => new
            {
                Shift = s,
                Mine = db.SignUps.Where(u => u.ShiftId == s.Id && u.VolunteerId == candidate.VolunteerId && u.Status != SignUpStatus.Cancelled).Select(u => (Guid?)u.Id).FirstOrDefault(),
            }).ToListAsync(cancellationToken);
            var set = await policies.Newest(cancellationToken);
            var taken = new Dictionary<BurnoutPolicy, TakenDuties>(ReferenceEqualityComparer.Instance);
            return request.Paging.ToPage(found.ConvertAll(f => Judged(f.Shift, f.Mine)), s => new Position(s.StartsAt, s.Id));

            Item Judged(Shift s, Guid? mine)
            {
                var policy = set.For(s.ChapterId);
                if (!taken.TryGetValue(policy, out var duties))
                {
                    taken[policy] = duties = TakenDuties.Of(policy, candidate.Duties, from);
                }

                var eligibility = mine is { } signUp ? ShiftEligibility.Of(new AlreadySignedUp(signUp)) : ShiftEligibility.Of(Eligibility.Of(s, candidate, duties, now, asNew: true));
                return new Item(s.Id, s.SessionId, s.GroupId, s.ChapterId, s.Title, s.Role, s.StartsAt, s.EndsAt, s.TimeZone, s.Places, s.Taken, s.Intensity, s.Status, eligibility);
            }
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/shifts", (
            DateTimeOffset? from, DateTimeOffset? to, string? status, Guid? chapterId, string? role, string? eligibleFor, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(from, to, status, chapterId, role, eligibleFor, paging), cancellationToken).ToOk())
        .WithMetadata(new LargestPage(MostForVolunteer))
        .RequirePermission(RosteringPermissions.ReadShifts);
}
