using NetworkPlatform.Registry.Groups;
using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Registry.Imports;

/// <summary>
/// Hands in a meeting list: a file of at most 20 MiB and 5000 meetings, of which a row is as many as it has days. One that cannot be read or holds more is refused at once and whole; its rows
/// are taken in afterwards.
/// </summary>
internal static class RequestImport
{
    private const int MaxBytes = 20 * 1024 * 1024;
    private const string MeetingGuide = "meeting-guide";

    public sealed record Command(string? Format, Guid? ChapterId, string? TimeZone, bool DryRun, ReadOnlyMemory<byte> File) : ICommand<Response>;

    public sealed record Response(Guid Id);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Format).Equal(MeetingGuide).WithMessage($"Must be '{MeetingGuide}'.");
            RuleFor(c => c.ChapterId).NotEmpty().WithMessage("Must be a chapter's id.");
            RuleFor(c => c.TimeZone).IanaTimeZone().When(c => c.TimeZone is not null);
            RuleFor(c => c.File).Must(file => file.Length is > 0 and <= MaxBytes).OverridePropertyName("body")
                .WithMessage($"Must be the file, of at most {MaxBytes / 1024 / 1024} MiB.");
        }
    }

    internal sealed class Handler(RegistryDbContext db, ITenancyQueries tenancy, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var reading = MeetingGuideFeed.Read(request.File);
            if (reading.Error is { } error)
            {
                return ImportNotReadable.Of(error);
            }

            if ((await tenancy.GetChapters([request.ChapterId!.Value], cancellationToken)) is not [var chapter])
            {
                return new ChapterNotFound();
            }

            var import = new Import
            {
                ChapterId = chapter.Id,
                TimeZone = request.TimeZone ?? chapter.TimeZone,
                DryRun = request.DryRun,
                RequestedAt = clock.GetUtcNow(),
            };
            import.Take(reading.Rows);
            db.Add(import);
            outbox.Publish(new ImportRequested(import.Id));
            return new Response(import.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/imports", async (
            string? format, Guid? chapterId, string? timeZone, bool? dryRun, HttpRequest http, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var command = new Command(format, chapterId, timeZone, dryRun ?? false, await http.ReadFile(MaxBytes, cancellationToken));
            return await mediator.Send(command, cancellationToken).ToAccepted(r => $"/imports/{r.Id}");
        })
        .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxBytes))
        .RequirePermission(RegistryPermissions.Import);
}

/// <summary>A list was handed in; the module itself takes its rows in, after the answer and also after a crash.</summary>
internal sealed record ImportRequested(Guid ImportId);
