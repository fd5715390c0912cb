namespace NetworkPlatform.Registry.Groups;

/// <summary>Says of a draft that the public may know of it; nothing shows groups to the public yet. Publishing twice changes nothing.</summary>
internal static class PublishGroup
{
    public sealed record Command(Guid GroupId) : ICommand<Done>;

    internal sealed class Handler(RegistryDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            db.LockCalendarOf(request.GroupId);
            var group = await db.Groups.SingleOrDefaultAsync(g => g.Id == request.GroupId, cancellationToken);
            if (group is null)
            {
                return new GroupNotFound();
            }

            if (group.Status == GroupStatus.Closed)
            {
                return new GroupIsClosed();
            }

            group.Status = GroupStatus.Published;
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/groups/{groupId:guid}/publish", (Guid groupId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(groupId), cancellationToken).ToNoContent())
        .RequirePermission(RegistryPermissions.ManageGroups);
}
