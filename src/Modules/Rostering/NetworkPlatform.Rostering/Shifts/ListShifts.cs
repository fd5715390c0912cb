namespace NetworkPlatform.Rostering.Shifts;

/// <summary>The tenant's shifts in the order of their start; those to come unless a period is given.</summary>
internal static class ListShifts
{
    /// <summary>Open: with free places. Uncovered: with nobody at all. Filled: without free places.</summary>
    public enum Cover
    {
        Open,
        Uncovered,
        Filled,
    }

    public sealed record Query(DateTimeOffset? From, DateTimeOffset? To, string? Status, Guid? ChapterId, Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(
        Guid Id, Guid SessionId, Guid GroupId, Guid ChapterId, string Title, ShiftRole Role, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string TimeZone,
        int Places, int Taken, int Intensity, ShiftStatus Status);

    /// <summary>The last row of a page.</summary>
    public sealed record Position(DateTimeOffset StartsAt, Guid Id);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Status).Must(status => status is null || Enum.GetNames<Cover>().Contains(status, StringComparer.OrdinalIgnoreCase))
                .WithMessage("Must be 'open', 'uncovered' or 'filled'.");
            RuleFor(q => q.To).Must((query, to) => to is null || query.From is null || to > query.From).WithMessage("Must be later than from.");
        }
    }

    internal sealed class Handler(RosteringDbContext db, TimeProvider clock) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            var from = request.From ?? clock.GetUtcNow();
            var after = request.Paging.After<Position>();
            var shifts = db.Shifts.Where(s => s.StartsAt >= from);
            if (request.To is { } to)
            {
                shifts = shifts.Where(s => s.StartsAt < to);
            }

            if (request.ChapterId is { } chapterId)
            {
                shifts = shifts.Where(s => s.ChapterId == chapterId);
            }

            if (request.Status is { } status)
            {
                shifts = Enum.Parse<Cover>(status, ignoreCase: true) switch
                {
                    Cover.Open => shifts.Where(s => s.Status == ShiftStatus.Open && s.Taken < s.Places),
                    Cover.Uncovered => shifts.Where(s => s.Status == ShiftStatus.Open && s.Taken == 0),
                    _ => shifts.Where(s => s.Status == ShiftStatus.Open && s.Taken >= s.Places),
                };
            }

            if (after is not null)
            {
                shifts = shifts.Where(s => s.StartsAt > after.StartsAt || (s.StartsAt == after.StartsAt && s.Id > after.Id));
            }

            var items = await shifts
                .OrderBy(s => s.StartsAt).ThenBy(s => s.Id)
                .Take(request.Paging.Limit + 1)
                .Select(s => new Item(
                    s.Id, s.SessionId, s.GroupId, s.ChapterId, s.Title, s.Role, s.StartsAt, s.EndsAt, s.TimeZone, s.Places, s.Taken, s.Intensity, s.Status))
                .ToListAsync(cancellationToken);
            return request.Paging.ToPage(items, s => new Position(s.StartsAt, s.Id));
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/shifts", (
            DateTimeOffset? from, DateTimeOffset? to, string? status, Guid? chapterId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(from, to, status, chapterId, paging), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadShifts);
}
