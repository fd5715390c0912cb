using System.Text.Json.Serialization;

namespace NetworkPlatform.Rostering.Shifts;

/// <summary>One shift.</summary>
internal static class GetShift
{
    public sealed record Query(Guid ShiftId) : IQuery<Response>;

    /// <param name="Taken">Confirmed or on offer.</param>
    /// <param name="Terms">Null for none in particular.</param>
    public sealed record Response(
        Guid Id, Guid? SessionId, Guid? GroupId, Guid ChapterId, string Title, ShiftRole Role, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone,
        int Places, int Taken, int Intensity, ShiftStatus Status, ShiftTerms? Terms, [property: JsonIgnore] int Version) : IVersioned;

    internal sealed class Handler(RosteringDbContext db) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var shift = await db.Shifts
                .Where(s => s.Id == request.ShiftId)
                .Select(s => new Response(
                    s.Id, s.SessionId, s.GroupId, s.ChapterId, s.Title, s.Role, s.StartsAt, s.EndsAt, s.TimeZone, s.Places, s.Taken, s.Intensity, s.Status, s.Terms, s.Version))
                .SingleOrDefaultAsync(cancellationToken);
            return shift is null ? new ShiftNotFound() : shift;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/shifts/{shiftId:guid}", (Guid shiftId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(shiftId), cancellationToken).ToTagged())
        .RequirePermission(RosteringPermissions.ReadShifts);
}
