using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Wellbeing;

/// <summary>The caller's own check-ins, also those that they have answered as another volunteer of the tenant; oldest first.</summary>
internal static class ListCheckIns
{
    public sealed record Query(Guid VolunteerId, Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(Guid Id, DateTimeOffset At, Questionnaire Questionnaire, IReadOnlyList<ScaleScore> Scores);

    internal sealed class Handler(RosteringDbContext db, Caller caller, AtRestEncryption encryption) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            if (!await db.HasAnsweredAs(request.VolunteerId, caller, cancellationToken))
            {
                return new VolunteerNotFound();
            }

            var page = await db.CheckIns.AsNoTracking().OwnOf(caller).ToPageById(request.Paging, c => c, c => c.Id, cancellationToken);
            return new Page<Item>([.. page.Items.Select(Read)], page.NextCursor);
        }

        private Item Read(WellbeingCheckIn checkIn)
        {
            var given = checkIn.Read(encryption);
            return new Item(checkIn.Id, checkIn.At, given.Questionnaire, Scoring.Score(given));
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/volunteers/{volunteerId:guid}/check-ins", (Guid volunteerId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(volunteerId, paging), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.OwnWellbeing);
}
