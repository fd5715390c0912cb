using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Availability;

/// <summary>When a volunteer can help between two instants, by what they have said and their own clock; the next four weeks unless a period is given.</summary>
internal static class ListFreeTimes
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(28);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(92);

    public sealed record Query(Guid VolunteerId, DateTimeOffset? From, DateTimeOffset? To) : IQuery<Response>;

    public sealed record Response(IReadOnlyList<FreeTime> Items);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.From).Must(from => from is null or { Year: >= 2000 and < 2200 }).WithMessage("Must be from the year 2000 on.");
            RuleFor(q => q.To).Must(to => to is null or { Year: >= 2001 and < 2200 }).WithMessage("Must be from the year 2001 on.")
                .Must((query, to) => to is null || query.From is null || (to > query.From && to - query.From <= Longest))
                .WithMessage($"Must be later than from, by at most {Longest.TotalDays:0} days.");
        }
    }

    internal sealed class Handler(RosteringDbContext db, Caller caller, TenantContext tenant, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var found = await db.Volunteers.WithinReachOf(caller).Where(v => v.Id == request.VolunteerId)
                .Select(v => new { v.TimeZone, Pattern = db.Availabilities.Where(a => a.VolunteerId == v.Id).Select(a => a.Pattern).SingleOrDefault() })
                .SingleOrDefaultAsync(cancellationToken);
            if (found is null)
            {
                return new VolunteerNotFound();
            }

            var from = request.From ?? (request.To - Usual) ?? clock.GetUtcNow();
            return new Response(VolunteerAvailability.Read(found.Pattern).Between(from, request.To ?? from + Usual, found.TimeZone ?? tenant.Tenant.TimeZone));
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/volunteers/{volunteerId:guid}/free-times", (Guid volunteerId, DateTimeOffset? from, DateTimeOffset? to, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(volunteerId, from, to), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadProfile);
}
