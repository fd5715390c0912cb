namespace NetworkPlatform.Insights.Privacy;

/// <summary>Gives a volunteer's facts to somebody who never was: counts stay right, and the id that others may still know leads nowhere.</summary>
internal static class ErasePersonalData
{
    public sealed record Command(ErasureOrder Order) : ICommand<Done>;

    internal sealed class Handler(InsightsDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            foreach (var id in request.Order.Ids)
            {
                var nobody = Guid.NewGuid(); // not of version 7, which would tell when
                await db.Attendance.Where(a => a.VolunteerId == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.VolunteerId, nobody), cancellationToken);
            }

            return Done.Instance;
        }
    }
}
