using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>
/// Takes somebody off the rota who is no longer a member of the tenant: the places that they hold go on to others, their series take none any more, their calendar opens nothing, and what was not talked
/// over here keeps them from nothing elsewhere. They stay a volunteer, whom a coordinator may sign up, and who finds themselves again should they come back.
/// </summary>
internal static class LeaveRota
{
    public sealed record Command(Guid AccountId) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db, GivingBack places) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.Volunteers.Where(v => v.AccountId == request.AccountId).Select(v => (Guid?)v.Id).SingleOrDefaultAsync(cancellationToken) is not { } volunteerId)
            {
                return Done.Instance;
            }

            return await places.LeaveRota(volunteerId, cancellationToken);
        }
    }
}
