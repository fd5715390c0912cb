using System.Text.RegularExpressions;
using FluentValidation.Results;
using NetworkPlatform.Rostering.Shifts;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>What a row of a file says of a volunteer; null for what it does not say.</summary>
internal sealed record ImportedVolunteer(
    int Row, string Name, string Email, string[]? Languages, string? Phone, string? TimeZone, string[]? ChapterSlugs, string[]? Roles, bool? NetworkConsent)
{
    private static readonly char[] ListSeparators = [' ', ',', ';'];

    internal static ImportedVolunteer Of(VolunteerCsv.Row row) => new(
        row.Number, row.Cells[VolunteerCsv.Name], row.Cells[VolunteerCsv.Email],
        List(row, VolunteerCsv.Languages), Given(row, VolunteerCsv.Phone), Given(row, VolunteerCsv.TimeZone), List(row, VolunteerCsv.Chapters), List(row, VolunteerCsv.Roles),
        Given(row, VolunteerCsv.NetworkConsent)?.ToLowerInvariant() switch { "yes" => true, "no" => false, _ => null });

    /// <summary>Takes over what the row says.</summary>
    /// <returns>Whether that changes anything.</returns>
    internal bool ApplyTo(Volunteer volunteer, IReadOnlyDictionary<string, Guid> chapters)
    {
        var before = (volunteer.Name, volunteer.Phone, volunteer.TimeZone);
        var (languages, ids, roles) = (volunteer.Languages, volunteer.Chapters, volunteer.Roles);
        volunteer.Name = Name;
        volunteer.Phone = Phone ?? volunteer.Phone;
        volunteer.TimeZone = TimeZone ?? volunteer.TimeZone;
        volunteer.Languages = Changed(languages, Languages);
        volunteer.Chapters = Changed(ids, ChapterSlugs?.Select(s => chapters[s]).ToArray());
        volunteer.Roles = Changed(roles, Roles);
        return before != (volunteer.Name, volunteer.Phone, volunteer.TimeZone) || languages != volunteer.Languages || ids != volunteer.Chapters || roles != volunteer.Roles;
    }

    private static T[] Changed<T>(T[] before, T[]? after) => after is null || after.SequenceEqual(before) ? before : after;

    private static string? Given(VolunteerCsv.Row row, string column) => row.Cells.GetValueOrDefault(column) is { Length: > 0 } cell ? cell : null;

    private static string[]? List(VolunteerCsv.Row row, string column) =>
        Given(row, column)?.Split(ListSeparators, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToArray();

    /// <summary>What a row must be, in the file's own names.</summary>
    internal sealed class Validator : AbstractValidator<ImportedVolunteer>
    {
        public Validator()
        {
            RuleFor(v => v.Name).Text(Volunteer.NameLength).OverridePropertyName(VolunteerCsv.Name);
            RuleFor(v => v.Email).Email().OverridePropertyName(VolunteerCsv.Email);
            RuleFor(v => v.Languages as IReadOnlyList<string>).Languages().OverridePropertyName(VolunteerCsv.Languages);
            RuleFor(v => v.Phone).Matches(Registration.PhonePattern, RegexOptions.ExplicitCapture).When(v => v.Phone is not null).OverridePropertyName(VolunteerCsv.Phone)
                .WithMessage("Must be a telephone number of 5 to 30 digits and spaces.");
            RuleFor(v => v.TimeZone).IanaTimeZone().When(v => v.TimeZone is not null).OverridePropertyName(VolunteerCsv.TimeZone);
            RuleFor(v => v.ChapterSlugs).Must(c => c is null || (c.Length <= Volunteer.MostChapters && c.All(ValidationRules.IsStorable))).OverridePropertyName(VolunteerCsv.Chapters)
                .WithMessage($"Must be at most {Volunteer.MostChapters} slugs of chapters, separated by spaces.");
            RuleFor(v => v.Roles).Must(r => r is null || r.All(EnumNames<ShiftRole>.All.Contains)).OverridePropertyName(VolunteerCsv.Roles)
                .WithMessage($"Must be roles out of {string.Join(", ", EnumNames<ShiftRole>.All)}, separated by spaces.");
        }

        internal IReadOnlyList<ValidationFailure> Check(VolunteerCsv.Row row, ImportedVolunteer volunteer) => row switch
        {
            { Problem: { } problem } => [new ValidationFailure("row", problem)],
            _ when row.Cells.GetValueOrDefault(VolunteerCsv.NetworkConsent) is { Length: > 0 } consent && consent.ToLowerInvariant() is not ("yes" or "no") =>
                [new ValidationFailure(VolunteerCsv.NetworkConsent, "Must be 'yes' or 'no', or empty.")],
            _ => Validate(volunteer).Errors,
        };
    }
}
