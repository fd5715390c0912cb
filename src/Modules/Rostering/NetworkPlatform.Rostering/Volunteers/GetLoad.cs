using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>Where a volunteer stands with every limit, counted over the whole network.</summary>
internal static class GetLoad
{
    [AuditedRead("scheduling")]
    public sealed record Query(Guid VolunteerId) : IQuery<Response>;

    public sealed record Reading(string Rule, decimal Limit, decimal Actual, string Unit, DateTimeOffset WindowStart, DateTimeOffset WindowEnd);

    /// <param name="NextEligibleAt">The earliest start from now on that the limits would allow an ordinary shift of 90 minutes, beside no other duty.</param>
    public sealed record Response(IReadOnlyList<Reading> Rules, DateTimeOffset? NextEligibleAt);

    internal sealed class Handler(
        RosteringDbContext db, DutiesElsewhere elsewhere, PolicySets policies, TenantContext current, Caller caller, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        /// <summary>NAMI's group length; what "the next shift" most likely is.</summary>
        private static readonly TimeSpan OrdinaryShift = TimeSpan.FromMinutes(90);

        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var candidate = await db.Candidates(db.Volunteers.Where(v => v.Id == request.VolunteerId), now).SingleOrDefaultAsync(cancellationToken);
            if (candidate is null || !caller.MayActFor(candidate.AccountId))
            {
                return new VolunteerNotFound();
            }

            var duties = (await elsewhere.AddToShow([candidate], now, cancellationToken))[0].Duties;
            var policy = (await policies.Newest(cancellationToken)).Tenant;
            var readings = BurnoutRules.Load(policy, duties, now);
            var next = BurnoutRules.Decide(policy, duties, new Duty(now, now + OrdinaryShift, current.Tenant.TimeZone, Intensity: 1));
            return new Response([.. readings.Select(r => new Reading(r.Rule, r.Limit, r.Actual, r.Unit, r.WindowStart, r.WindowEnd))], next.EligibleAt);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/volunteers/{volunteerId:guid}/load", (Guid volunteerId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(volunteerId), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadSignUps);
}
