namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>Two accounts became one: the volunteer of the absorbed one is the kept one's, unless that has a volunteer already.</summary>
internal static class MoveLink
{
    public sealed record Command(Guid KeptId, Guid AbsorbedId) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var linked = await db.Volunteers.Where(v => v.AccountId == request.KeptId || v.AccountId == request.AbsorbedId).ToListAsync(cancellationToken);
            if (linked is [{ } only])
            {
                only.AccountId = request.KeptId;
            }

            return Done.Instance;
        }
    }
}
