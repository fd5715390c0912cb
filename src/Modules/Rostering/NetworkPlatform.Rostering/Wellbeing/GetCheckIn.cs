namespace NetworkPlatform.Rostering.Wellbeing;

/// <summary>One of the caller's own check-ins, with an offer of support where it suggests that they could use some.</summary>
internal static class GetCheckIn
{
    public sealed record Query(Guid CheckInId) : IQuery<Response>;

    /// <param name="Text">The tenant's own words; null where it has set none.</param>
    public sealed record Offer(string? Text);

    /// <param name="Support">Null where none is offered.</param>
    public sealed record Response(
        Guid Id, Guid VolunteerId, DateTimeOffset At, Questionnaire Questionnaire, IReadOnlyDictionary<string, int> Answers, IReadOnlyList<ScaleScore> Scores, Offer? Support);

    internal sealed class Handler(RosteringDbContext db, Caller caller, AtRestEncryption encryption) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var checkIn = await db.CheckIns.AsNoTracking().OwnOf(caller).SingleOrDefaultAsync(c => c.Id == request.CheckInId, cancellationToken);
            if (checkIn is null)
            {
                return new CheckInNotFound();
            }

            var given = checkIn.Read(encryption);
            var scores = Scoring.Score(given);
            var support = Scoring.SuggestsSupport(scores) ? new Offer(await db.SupportOffers.Select(o => o.Text).SingleOrDefaultAsync(cancellationToken)) : null;
            return new Response(checkIn.Id, checkIn.VolunteerId, checkIn.At, given.Questionnaire, given.Answers, scores, support);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/check-ins/{checkInId:guid}", (Guid checkInId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(checkInId), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.OwnWellbeing);
}
