using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>Where a volunteer stands with every limit, counted over the whole network.</summary>
internal static class GetLoad
{
    [AuditedRead("scheduling")]
    public sealed record Query(Guid VolunteerId) : IQuery<Response>;

    public sealed record Reading(string Rule, decimal Limit, decimal Actual, string Unit, DateTimeOffset WindowStart, DateTimeOffset WindowEnd);

    /// <param name="NextEligibleAt">The earliest start that the limits would allow an ordinary shift of 90 minutes from now on.</param>
    public sealed record Response(IReadOnlyList<Reading> Rules, DateTimeOffset? NextEligibleAt);

    internal sealed class Handler(RosteringDbContext db, TenantContext tenant, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        /// <summary>NAMI's group length; what "the next shift" most likely is.</summary>
        private static readonly TimeSpan OrdinaryShift = TimeSpan.FromMinutes(90);

        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var person = await db.Volunteers.Where(v => v.Id == request.VolunteerId).Select(v => (Guid?)v.PersonId).SingleOrDefaultAsync(cancellationToken);
            if (person is not { } personId)
            {
                return new VolunteerNotFound();
            }

            var now = clock.GetUtcNow();
            var duties = await db.Commitments.DutiesAround(personId, now).ToListAsync(cancellationToken);
            var readings = BurnoutRules.Load(BurnoutPolicy.Default, duties, now);
            var next = BurnoutRules.Decide(BurnoutPolicy.Default, duties, new Duty(now, now + OrdinaryShift, tenant.Tenant.TimeZone, Intensity: 1));
            return new Response([.. readings.Select(r => new Reading(r.Rule, r.Limit, r.Actual, r.Unit, r.WindowStart, r.WindowEnd))], next.EligibleAt);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/volunteers/{volunteerId:guid}/load", (Guid volunteerId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(volunteerId), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadVolunteers);
}
