namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>What a volunteer was trained in or checked for, and whether it still holds.</summary>
internal static class ListQualifications
{
    public sealed record Query(Guid VolunteerId) : IQuery<Response>;

    public sealed record Item(string Code, DateOnly IssuedOn, DateOnly? ExpiresOn, bool Expired);

    public sealed record Response(IReadOnlyList<Item> Items);

    internal sealed class Handler(RosteringDbContext db, TenantContext current, Caller caller, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var volunteer = await db.Volunteers.Where(v => v.Id == request.VolunteerId).Select(v => new { v.AccountId, v.Qualifications }).SingleOrDefaultAsync(cancellationToken);
            if (volunteer is null || !caller.MayActFor(volunteer.AccountId))
            {
                return new VolunteerNotFound();
            }

            var today = clock.GetUtcNow().DateIn(current.Tenant.TimeZone);
            return new Response([.. volunteer.Qualifications.All.OrderBy(q => q.Code, StringComparer.Ordinal).Select(q => new Item(q.Code, q.IssuedOn, q.ExpiresOn, q.ExpiresOn < today))]);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/volunteers/{volunteerId:guid}/qualifications", (Guid volunteerId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(volunteerId), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadSignUps);
}
