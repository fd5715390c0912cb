namespace NetworkPlatform.Rostering.Shifts;

/// <summary>On what terms places on a shift are given and given back. A tenant sets them for each role; a shift may have its own.</summary>
/// <param name="OpensDaysBefore">From how many days before the start places may be asked for; null from the beginning. A series is taken ahead.</param>
/// <param name="ClosesHoursBefore">Until how many hours before the start; null until the shift is over. What was asked for in time is offered and handed over later, too.</param>
/// <param name="CancelHoursBefore">Until how many hours before the start volunteers may cancel by themselves; never later than the burnout policy's self-cancel has it.</param>
/// <param name="Qualifications">Codes of what a volunteer must hold on the day.</param>
/// <param name="NoFirstTimersAlone">The last place is kept for somebody experienced while only first-timers have taken the others.</param>
internal sealed record ShiftTerms(
    int? OpensDaysBefore, int? ClosesHoursBefore, int? CancelHoursBefore, IReadOnlyList<string>? Qualifications, bool NoFirstTimersAlone)
{
    internal static bool IsCode(string? code) => ValidationRules.IsSlug(code, 60);

    internal sealed class Validator : AbstractValidator<ShiftTerms>
    {
        public Validator()
        {
            RuleFor(t => t.OpensDaysBefore).InclusiveBetween(0, 365).WithMessage("Must be from 0 to 365.");
            RuleFor(t => t.ClosesHoursBefore).InclusiveBetween(0, 8760).WithMessage("Must be from 0 to 8760.");
            RuleFor(t => t.CancelHoursBefore).InclusiveBetween(0, 8760).WithMessage("Must be from 0 to 8760.");
            RuleFor(t => t.Qualifications).Must(codes => codes is null || (codes.Count <= 10 && codes.All(IsCode)))
                .WithMessage("Must be at most 10 codes of lower-case letters, digits and single hyphens, such as 'background-check'.");
        }
    }
}

/// <summary>A tenant's terms for a role. Shifts have them from when they are opened; a change reaches the open ones to come that have none of their own.</summary>
internal sealed class RoleTerms : Entity
{
    public required ShiftRole Role { get; init; }

    public required ShiftTerms Terms { get; set; }
}
