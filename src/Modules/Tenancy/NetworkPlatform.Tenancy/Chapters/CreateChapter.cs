namespace NetworkPlatform.Tenancy.Chapters;

/// <summary>Opens a chapter of the current tenant.</summary>
internal static class CreateChapter
{
    /// <param name="TimeZone">IANA name; local dates and times of the chapter's groups are in it.</param>
    /// <param name="Latitude">Degrees, −90 to 90.</param>
    /// <param name="Longitude">Degrees, −180 to 180.</param>
    public sealed record Command(string Name, string Slug, string TimeZone, string? Address, decimal? Latitude, decimal? Longitude) : ICommand<Response>;

    public sealed record Response(Guid Id);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).Text(Chapter.NameLength);
            RuleFor(c => c.Slug).Slug();
            RuleFor(c => c.TimeZone).IanaTimeZone();
            RuleFor(c => c.Address).OptionalText(Chapter.AddressLength);
            RuleFor(c => c.Latitude).InclusiveBetween(-90, 90).WithMessage("Must be from -90 to 90.");
            RuleFor(c => c.Longitude).InclusiveBetween(-180, 180).WithMessage("Must be from -180 to 180.");
        }
    }

    internal sealed class Handler(TenancyDbContext db) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.Chapters.AnyAsync(c => c.Slug == request.Slug, cancellationToken))
            {
                return new ChapterSlugTaken(request.Slug);
            }

            var chapter = new Chapter
            {
                Name = request.Name.Trim(),
                Slug = request.Slug,
                TimeZone = request.TimeZone,
                Address = request.Address,
                Latitude = request.Latitude,
                Longitude = request.Longitude,
            };
            db.Add(chapter);
            return new Response(chapter.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/chapters", (Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command, cancellationToken).ToCreated(r => $"/chapters/{r.Id}"))
        .RequirePermission(TenancyPermissions.ManageChapters);
}
