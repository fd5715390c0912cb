using System.Text.Json.Serialization;
using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Rostering.Standing;

/// <summary>
/// Replaces the dates on which a chapter does not meet. From then on nobody is given a shift of their series on them; what was taken before stays until its session is cancelled,
/// which tells the people who are on it.
/// </summary>
internal static class SetHolidays
{
    /// <param name="Date">In the chapter's time zone.</param>
    public sealed record Holiday(DateOnly Date, string Name);

    public sealed record Command(IReadOnlyList<Holiday>? Holidays) : ICommand<Done>
    {
        [JsonIgnore]
        public Guid ChapterId { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Holidays).Must(all => all?.Count <= ChapterHoliday.Most && all.All(one => one is not null)).WithMessage($"Must be at most {ChapterHoliday.Most} dates with names, or none.")
                .Must(all => all is null || all.Select(one => one?.Date).Distinct().Count() == all.Count).WithMessage("Must name each date once.");
            RuleForEach(c => c.Holidays).ChildRules(holiday =>
            {
                holiday.RuleFor(h => h.Date).Must(date => date.Year is >= 2000 and < 2200).WithMessage("Must be a date from 2000 to 2199, such as '2026-12-25'.");
                holiday.RuleFor(h => h.Name).Text(ChapterHoliday.NameLength);
            });
        }
    }

    internal sealed class Handler(RosteringDbContext db, ITenancyQueries tenancy) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if ((await tenancy.GetChapters([request.ChapterId], cancellationToken)).Count == 0)
            {
                return new ChapterNotFound(request.ChapterId);
            }

            // One list replaces the other, also when two are sent at once.
            db.LockNameAhead($"holidays {request.ChapterId}");
            var before = await db.ChapterHolidays.Where(h => h.ChapterId == request.ChapterId).ToListAsync(cancellationToken);
            db.Replace(
                before, request.Holidays!.Select(h => (h.Date, Name: h.Name.Trim())), row => (row.Date, row.Name),
                h => new ChapterHoliday { ChapterId = request.ChapterId, Date = h.Date, Name = h.Name });
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/chapters/{chapterId:guid}/holidays", (Guid chapterId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { ChapterId = chapterId }, cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ManageShifts);
}
