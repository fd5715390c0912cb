using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>Changes what is given of a volunteer's profile; the rest stays. Needs the version that is being changed as If-Match.</summary>
internal static class ChangeVolunteer
{
    /// <param name="MaxShiftsPerWeek">As many as they would like to take; 0 for no such wish.</param>
    /// <param name="Note">What a coordinator should keep in mind; empty for nothing.</param>
    public sealed record Wishes(int? MaxShiftsPerWeek, string? Note);

    /// <param name="Languages">BCP 47 tags, the one for mails first.</param>
    /// <param name="Phone">Empty for none.</param>
    /// <param name="TimeZone">IANA zone in which they plan their days.</param>
    /// <param name="Chapters">Those that they help; empty for whichever.</param>
    /// <param name="Roles">Those that they may take; empty for every one.</param>
    public sealed record Command(
        string? Name, IReadOnlyList<string>? Languages, string? Phone, string? TimeZone, IReadOnlyList<Guid>? Chapters, IReadOnlyList<ShiftRole>? Roles, Wishes? Preferences) : ICommand<Done>
    {
        [JsonIgnore]
        public Guid VolunteerId { get; init; }

        [JsonIgnore]
        public int Version { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name!).Text(Volunteer.NameLength).When(c => c.Name is not null);
            RuleFor(c => c.Languages).Languages();
            RuleFor(c => c.Phone).Matches(Registration.PhonePattern).When(c => !string.IsNullOrEmpty(c.Phone)).WithMessage("Must be a telephone number of 5 to 30 digits and spaces, such as '+44 20 7946 0000'.");
            RuleFor(c => c.TimeZone).IanaTimeZone().When(c => c.TimeZone is not null);
            RuleFor(c => c.Chapters).Must(c => c is null || c.Count <= Volunteer.MostChapters).WithMessage($"Must be at most {Volunteer.MostChapters} chapters.");
            RuleFor(c => c.Preferences!.MaxShiftsPerWeek).InclusiveBetween(0, Volunteer.MostShiftsPerWeek).When(c => c.Preferences is not null)
                .WithMessage($"Must be from 0 to {Volunteer.MostShiftsPerWeek}.");
            RuleFor(c => c.Preferences!.Note).OptionalText(Volunteer.NoteLength).When(c => c.Preferences is not null);
        }
    }

    internal sealed class Handler(RosteringDbContext db, Caller caller, ITenancyQueries tenancy) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var volunteer = await db.Volunteers.WithinReachOf(caller).SingleOrDefaultAsync(v => v.Id == request.VolunteerId, cancellationToken);
            if (volunteer is null)
            {
                return new VolunteerNotFound();
            }

            if (volunteer.Version != request.Version)
            {
                return new StaleVersion();
            }

            if (request.Chapters is { Count: > 0 } chapters)
            {
                var known = (await tenancy.GetChapters(chapters, cancellationToken)).Select(c => c.Id).ToHashSet();
                if (chapters.Any(c => !known.Contains(c)))
                {
                    return new ChapterNotFound(chapters.First(c => !known.Contains(c)));
                }
            }

            Change(volunteer, request);
            return Done.Instance;
        }

        private static void Change(Volunteer volunteer, Command to)
        {
            volunteer.Name = to.Name?.Trim() ?? volunteer.Name;
            volunteer.Languages = to.Languages?.ToArray() ?? volunteer.Languages;
            volunteer.Phone = to.Phone is null ? volunteer.Phone : Given(to.Phone);
            volunteer.TimeZone = to.TimeZone ?? volunteer.TimeZone;
            volunteer.Chapters = to.Chapters?.Distinct().ToArray() ?? volunteer.Chapters;
            volunteer.Roles = to.Roles?.Distinct().Select(EnumNames<ShiftRole>.Of).ToArray() ?? volunteer.Roles;
            if (to.Preferences is { } wishes)
            {
                volunteer.MaxShiftsPerWeek = wishes.MaxShiftsPerWeek is null ? volunteer.MaxShiftsPerWeek : wishes.MaxShiftsPerWeek is > 0 and var most ? most : null;
                volunteer.Note = wishes.Note is null ? volunteer.Note : Given(wishes.Note);
            }
        }

        private static string? Given(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPatch("/volunteers/{volunteerId:guid}", (Guid volunteerId, IfMatch ifMatch, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { VolunteerId = volunteerId, Version = ifMatch.Version }, cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ChangeProfile);
}
