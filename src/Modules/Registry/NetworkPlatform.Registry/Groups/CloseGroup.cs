using NetworkPlatform.Registry.Sessions;

namespace NetworkPlatform.Registry.Groups;

/// <summary>Closes a group for good: the sessions that are still to come are cancelled, and no new ones are made.</summary>
internal static class CloseGroup
{
    public sealed record Command(Guid GroupId) : ICommand<Done>;

    internal sealed class Handler(RegistryDbContext db, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            db.LockCalendarOf(request.GroupId);
            var group = await db.Groups.SingleOrDefaultAsync(g => g.Id == request.GroupId, cancellationToken);
            if (group is null)
            {
                return new GroupNotFound();
            }

            group.Status = GroupStatus.Closed;
            var now = clock.GetUtcNow();
            var toCome = await db.Sessions
                .Where(s => s.GroupId == group.Id && s.Status == SessionStatus.Scheduled && s.StartsAt > now)
                .ToListAsync(cancellationToken);
            foreach (var session in toCome)
            {
                outbox.Publish(session.Supersede(now, Session.GroupHasClosed));
            }

            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/groups/{groupId:guid}/close", (Guid groupId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(groupId), cancellationToken).ToNoContent())
        .RequirePermission(RegistryPermissions.ManageGroups);
}
