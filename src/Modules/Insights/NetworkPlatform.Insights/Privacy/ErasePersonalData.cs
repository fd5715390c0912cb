namespace NetworkPlatform.Insights.Privacy;

/// <summary>
/// Gives a volunteer's facts to a stand-in: counts stay right, and the id that others may still know leads nowhere. Under the same one Rostering tells how a shift ended that is recorded later.
/// </summary>
internal static class ErasePersonalData
{
    /// <summary>What was on its way while they were erased has come by then.</summary>
    private static readonly TimeSpan UntilAllHasCome = TimeSpan.FromHours(6);

    /// <param name="IsLast">Done once already: this is for what has come since.</param>
    public sealed record Command(ErasureOrder Order, bool IsLast = false) : ICommand<Done>;

    internal sealed class Handler(InsightsDbContext db, AtRestEncryption encryption, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            foreach (var id in request.Order.Ids)
            {
                var nobody = encryption.StandInFor(id);
                await db.Attendance.Where(a => a.VolunteerId == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.VolunteerId, nobody), cancellationToken);
            }

            if (!request.IsLast)
            {
                outbox.PublishAt(clock.GetUtcNow() + UntilAllHasCome, new LateFactsDue(request.Order));
            }

            return Done.Instance;
        }
    }
}

/// <summary>Facts may have come under an erased person's own id.</summary>
internal sealed record LateFactsDue(ErasureOrder Order);
