using NetworkPlatform.Registry.Meetings;
using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Registry.Groups;

/// <summary>Sets up a support group of a chapter. It is a draft until it is published.</summary>
internal static class CreateGroup
{
    /// <param name="Languages">BCP 47 tags.</param>
    /// <param name="Accessibility">What the group offers, for example <c>wheelchair</c> or <c>asl</c>.</param>
    /// <param name="Capacity">Most participants; null where it is not limited.</param>
    public sealed record Command(
        Guid ChapterId, string Name, string Topic, Leadership? Leadership, MeetingFormat? Format, IReadOnlyList<string>? Languages,
        IReadOnlyList<string>? Accessibility, int? Capacity, string? Description, string? GroundRules) : ICommand<Response>;

    public sealed record Response(Guid Id);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.ChapterId).NotEmpty().WithMessage("Must be a chapter's id.");
            RuleFor(c => c.Name).Text(Group.NameLength);
            RuleFor(c => c.Topic).Text(Group.TopicLength);
            RuleFor(c => c.Leadership).NotNull().WithMessage("Must be 'peer-led' or 'professional-led'.");
            RuleFor(c => c.Format).NotNull().WithMessage("Must be 'in-person', 'online' or 'hybrid'.");
            RuleFor(c => c.Languages).Languages();
            RuleFor(c => c.Accessibility).Must(tags => tags is null || (tags.Count <= 20 && tags.All(t => t is { Length: > 0 and <= 50 } && ValidationRules.IsStorable(t))))
                .WithMessage("Must be at most 20 words of at most 50 characters.");
            RuleFor(c => c.Capacity).InclusiveBetween(1, Group.MaxCapacity).WithMessage($"Must be from 1 to {Group.MaxCapacity}.");
            RuleFor(c => c.Description).OptionalText(Group.TextLength);
            RuleFor(c => c.GroundRules).OptionalText(Group.TextLength);
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

            var group = new Group
            {
                ChapterId = request.ChapterId,
                Name = request.Name.Trim(),
                Topic = request.Topic.Trim(),
                Leadership = request.Leadership!.Value,
                Format = request.Format!.Value,
                Languages = [.. request.Languages ?? []],
                Accessibility = [.. request.Accessibility ?? []],
                Capacity = request.Capacity,
                Description = request.Description,
                GroundRules = request.GroundRules,
            };
            db.Add(group);
            return new Response(group.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/groups", (Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command, cancellationToken).ToCreated(r => $"/groups/{r.Id}"))
        .RequirePermission(RegistryPermissions.ManageGroups);
}
