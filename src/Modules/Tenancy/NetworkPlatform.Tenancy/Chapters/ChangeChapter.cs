using System.Text.Json.Serialization;

namespace NetworkPlatform.Tenancy.Chapters;

/// <summary>Changes what is given of a chapter; the rest stays. Needs the version that is being changed as If-Match.</summary>
internal static class ChangeChapter
{
    public sealed record Command(string? Name, string? TimeZone, string? Address) : ICommand<Done>
    {
        [JsonIgnore]
        public Guid ChapterId { get; init; }

        [JsonIgnore]
        public int Version { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name!).Text(Chapter.NameLength).When(c => c.Name is not null);
            RuleFor(c => c.TimeZone).IanaTimeZone().When(c => c.TimeZone is not null);
            RuleFor(c => c.Address).OptionalText(Chapter.AddressLength);
        }
    }

    internal sealed class Handler(TenancyDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var chapter = await db.Chapters.SingleOrDefaultAsync(c => c.Id == request.ChapterId, cancellationToken);
            if (chapter is null)
            {
                return new ChapterNotFound();
            }

            if (chapter.Version != request.Version)
            {
                return new StaleVersion();
            }

            chapter.Name = request.Name?.Trim() ?? chapter.Name;
            chapter.TimeZone = request.TimeZone ?? chapter.TimeZone;
            chapter.Address = request.Address ?? chapter.Address;
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPatch("/chapters/{chapterId:guid}", (Guid chapterId, IfMatch ifMatch, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { ChapterId = chapterId, Version = ifMatch.Version }, cancellationToken).ToNoContent())
        .RequirePermission(TenancyPermissions.ManageChapters);
}
