using NetworkPlatform.Registry.Groups;

namespace NetworkPlatform.Registry.Sessions;

/// <summary>A group's sessions in the order of their start; of a period where it is given.</summary>
internal static class ListSessions
{
    public sealed record Query(Guid GroupId, DateTimeOffset? From, DateTimeOffset? To, Paging Paging) : IQuery<Page<Item>>;

    /// <param name="Participants">Only for who may record it: a small number could tell of somebody. Null, too, of a session that was not held.</param>
    public sealed record Item(Guid Id, Guid MeetingId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, SessionStatus Status, string? CancelReason, int? Participants);

    /// <summary>The last row of a page.</summary>
    public sealed record Position(DateTimeOffset StartsAt, Guid Id);

    internal sealed class Handler(RegistryDbContext db, Caller caller) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            if (!await db.Groups.AnyAsync(g => g.Id == request.GroupId, cancellationToken))
            {
                return new GroupNotFound();
            }

            var after = request.Paging.After<Position>();
            var mayRecord = caller.May(RegistryPermissions.ManageSessions);
            var sessions = await db.Sessions
                .Where(s => s.GroupId == request.GroupId)
                .Where(s => request.From == null || s.StartsAt >= request.From)
                .Where(s => request.To == null || s.StartsAt < request.To)
                .Where(s => after == null || s.StartsAt > after.StartsAt || (s.StartsAt == after.StartsAt && s.Id > after.Id))
                .OrderBy(s => s.StartsAt).ThenBy(s => s.Id)
                .Take(request.Paging.Limit + 1)
                .Select(s => new Item(s.Id, s.MeetingId, s.StartsAt, s.EndsAt, s.Status, s.CancelReason, mayRecord ? s.Participants : null))
                .ToListAsync(cancellationToken);
            return request.Paging.ToPage(sessions, s => new Position(s.StartsAt, s.Id));
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/groups/{groupId:guid}/sessions", (
            Guid groupId, DateTimeOffset? from, DateTimeOffset? to, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(groupId, from, to, paging), cancellationToken).ToOk())
        .RequirePermission(RegistryPermissions.ReadGroups);
}
