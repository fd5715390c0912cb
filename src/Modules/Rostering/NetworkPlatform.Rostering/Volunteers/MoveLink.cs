using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>
/// Two accounts became one: what the absorbed one has answered is the kept one's, and its volunteer too. Where both have a volunteer, nobody signs in as the absorbed one's any more: it goes off the rota.
/// </summary>
internal static class MoveLink
{
    public sealed record Command(Guid KeptId, Guid AbsorbedId) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db, GivingBack places, AtRestEncryption encryption) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var linked = await db.Volunteers.Where(v => v.AccountId == request.KeptId || v.AccountId == request.AbsorbedId).ToListAsync(cancellationToken);
            if (linked is [{ } only])
            {
                only.AccountId = request.KeptId;
            }

            // Not by the tracker: the audit would tell who has answered.
            foreach (var checkIn in await db.CheckIns.AsNoTracking().Where(c => c.AccountId == request.AbsorbedId).ToListAsync(cancellationToken))
            {
                var answers = checkIn.EncryptFor(request.KeptId, encryption);
                await db.CheckIns.Where(c => c.Id == checkIn.Id).ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.AccountId, request.KeptId).SetProperty(c => c.EncryptedAnswers, answers).SetProperty(c => c.Version, c => c.Version + 1), cancellationToken);
            }

            return linked.Find(v => v.AccountId == request.AbsorbedId) is { } absorbed ? await places.LeaveRota(absorbed.Id, cancellationToken) : Done.Instance;
        }
    }
}
