using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Calendars;

/// <summary>Takes a volunteer's secret calendar address away, without a new one.</summary>
internal static class RevokeCalendarFeed
{
    public sealed record Command(Guid VolunteerId) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db, Caller caller) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var own = db.Volunteers.WithinReachOf(caller);
            var feed = await db.CalendarFeeds.SingleOrDefaultAsync(f => f.VolunteerId == request.VolunteerId && own.Any(v => v.Id == f.VolunteerId), cancellationToken);
            if (feed is null)
            {
                return new CalendarFeedNotFound();
            }

            db.Remove(feed);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/volunteers/{volunteerId:guid}/calendar-feed", (Guid volunteerId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(volunteerId), cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ChangeProfile);
}
