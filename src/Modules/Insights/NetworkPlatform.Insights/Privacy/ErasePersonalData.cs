namespace NetworkPlatform.Insights.Privacy;

/// <summary>
/// Gives a volunteer's facts to a stand-in: counts stay right, and the id that others may still know leads nowhere. Under the same one Rostering tells how a shift ended that is recorded later.
/// </summary>
internal static class ErasePersonalData
{
    public sealed record Command(ErasureOrder Order) : ICommand<Done>;

    internal sealed class Handler(InsightsDbContext db, AtRestEncryption encryption) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            foreach (var id in request.Order.Ids)
            {
                var nobody = encryption.StandInFor(id);
                await db.Attendance.Where(a => a.VolunteerId == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.VolunteerId, nobody), cancellationToken);
            }

            return Done.Instance;
        }
    }
}
