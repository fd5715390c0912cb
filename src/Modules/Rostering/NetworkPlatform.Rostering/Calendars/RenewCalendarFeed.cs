using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Calendars;

/// <summary>Gives a volunteer a new secret address for their calendar, to themselves alone: it shows all of their shifts. The one before is worth nothing from then on.</summary>
internal static class RenewCalendarFeed
{
    public sealed record Command(Guid VolunteerId) : ICommand<Response>;

    /// <param name="Url">Told this once; only its hash is kept.</param>
    public sealed record Response(string Url);

    internal sealed class Handler(RosteringDbContext db, Caller caller, PublicAddress address) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (!await db.Volunteers.OwnOf(caller).AnyAsync(v => v.Id == request.VolunteerId, cancellationToken))
            {
                return new VolunteerNotFound();
            }

            var feed = await db.CalendarFeeds.SingleOrDefaultAsync(f => f.VolunteerId == request.VolunteerId, cancellationToken);
            if (feed is null)
            {
                feed = new CalendarFeed { VolunteerId = request.VolunteerId };
                db.Add(feed);
            }

            return new Response(address.Of($"/calendar/{feed.Renew(db.TenantId)}.ics"));
        }
    }

    /// <summary>A PUT, since the answer to a POST may be kept for its Idempotency-Key, and this one must not be kept.</summary>
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/volunteers/{volunteerId:guid}/calendar-feed", (Guid volunteerId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(volunteerId), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ChangeProfile);
}
