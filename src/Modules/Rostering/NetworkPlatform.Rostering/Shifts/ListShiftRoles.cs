namespace NetworkPlatform.Rostering.Shifts;

/// <summary>The tenant's terms for every role; a role without any has none set.</summary>
internal static class ListShiftRoles
{
    public sealed record Query : IQuery<Response>;

    public sealed record Item(ShiftRole Role, bool StandsAlone, ShiftTerms Terms);

    public sealed record Response(IReadOnlyList<Item> Items);

    internal sealed class Handler(RosteringDbContext db) : IQueryHandler<Query, Response>
    {
        private static readonly ShiftTerms None = new(OpensDaysBefore: null, ClosesHoursBefore: null, CancelHoursBefore: null, Qualifications: [], NoFirstTimersAlone: false);

        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var set = await db.RoleTerms.ToDictionaryAsync(r => r.Role, r => r.Terms, cancellationToken);
            return new Response([.. Enum.GetValues<ShiftRole>().Select(role => new Item(role, role.StandsAlone(), set.GetValueOrDefault(role, None)))]);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/shift-roles", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Query(), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadShifts);
}
