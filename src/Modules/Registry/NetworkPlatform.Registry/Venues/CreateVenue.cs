using NetworkPlatform.Registry.Groups;
using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Registry.Venues;

/// <summary>Adds a place where groups of a chapter can meet.</summary>
internal static class CreateVenue
{
    /// <param name="Latitude">Degrees, −90 to 90.</param>
    /// <param name="Longitude">Degrees, −180 to 180.</param>
    public sealed record Command(Guid ChapterId, string Name, string Address, decimal? Latitude, decimal? Longitude) : ICommand<Response>;

    public sealed record Response(Guid Id);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.ChapterId).NotEmpty().WithMessage("Must be a chapter's id.");
            RuleFor(c => c.Name).Text(Venue.NameLength);
            RuleFor(c => c.Address).Text(Venue.AddressLength);
            RuleFor(c => c.Latitude).InclusiveBetween(-90, 90).WithMessage("Must be from -90 to 90.");
            RuleFor(c => c.Longitude).InclusiveBetween(-180, 180).WithMessage("Must be from -180 to 180.");
        }
    }

    internal sealed class Handler(RegistryDbContext db, ITenancyQueries tenancy) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            if ((await tenancy.GetChapters([request.ChapterId], cancellationToken)).Count == 0)
            {
                return new ChapterNotFound();
            }

            var venue = Venue.Create(request.ChapterId, request.Name, request.Address, request.Latitude, request.Longitude);
            var twin = await db.Venues.Where(v => v.ChapterId == venue.ChapterId && v.Key == venue.Key).Select(v => (Guid?)v.Id).SingleOrDefaultAsync(cancellationToken);
            if (twin is { } existing)
            {
                return new VenueExists(existing);
            }

            db.Add(venue);
            return new Response(venue.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/venues", (Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command, cancellationToken).ToCreated(r => $"/venues/{r.Id}"))
        .RequirePermission(RegistryPermissions.ManageGroups);
}
