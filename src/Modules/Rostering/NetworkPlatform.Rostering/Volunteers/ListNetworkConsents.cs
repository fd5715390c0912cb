namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>What a volunteer has said to being counted over the network, oldest first; the last holds.</summary>
internal static class ListNetworkConsents
{
    public sealed record Query(Guid VolunteerId, Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(Guid Id, bool Given, string Wording, string? Evidence, DateTimeOffset At, string By);

    internal sealed class Handler(RosteringDbContext db, Caller caller) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            if (!await db.Volunteers.WithinReachOf(caller).AnyAsync(v => v.Id == request.VolunteerId, cancellationToken))
            {
                return new VolunteerNotFound();
            }

            return await db.NetworkConsents.Where(c => c.VolunteerId == request.VolunteerId)
                .ToPageById(request.Paging, c => new Item(c.Id, c.Given, c.Wording, c.Evidence, c.At, c.By), i => i.Id, cancellationToken);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/volunteers/{volunteerId:guid}/network-consent", (Guid volunteerId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(volunteerId, paging), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadProfile);
}
