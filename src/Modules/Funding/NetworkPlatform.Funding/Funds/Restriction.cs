using System.Globalization;

namespace NetworkPlatform.Funding.Funds;

/// <summary>What chiefly restricts a fund, and which of a restriction's fields must therefore be given.</summary>
internal enum RestrictionKind
{
    Unrestricted,
    Purpose,
    Chapter,
    Period,
}

/// <summary>What a fund's money may be used for. Every field that is given restricts; the kind says which one must be given.</summary>
/// <param name="Purpose">Expenses must name the same purpose; case and outer white space do not matter.</param>
/// <param name="ChapterId">Only for groups of this chapter, so never for no group.</param>
/// <param name="From">First local date on which an expense may be incurred.</param>
/// <param name="To">Last such date.</param>
internal sealed record Restriction(RestrictionKind Kind, string? Purpose = null, Guid? ChapterId = null, DateOnly? From = null, DateOnly? To = null)
{
    internal const int PurposeLength = 200;

    internal static readonly Restriction None = new(RestrictionKind.Unrestricted);

    /// <summary>What an expense would violate; null where nothing.</summary>
    /// <param name="chapterId">The chapter of the group that it is for; null for no group.</param>
    internal RestrictionViolated? ViolatedByExpense(string? purpose, Guid? chapterId, DateOnly incurredOn) => Violated(
        (RestrictionKind.Purpose, Purpose is not null && !Purpose.Equals(purpose?.Trim(), StringComparison.OrdinalIgnoreCase)),
        (RestrictionKind.Chapter, ChapterId is not null && ChapterId != chapterId),
        (RestrictionKind.Period, incurredOn < From || incurredOn > To));

    /// <summary>What setting money aside would violate: it may be done ahead of the period, but not once nothing could be spent any more.</summary>
    internal RestrictionViolated? ViolatedByAllocation(Guid chapterId, DateOnly today) => Violated(
        (RestrictionKind.Chapter, ChapterId is not null && ChapterId != chapterId),
        (RestrictionKind.Period, today > To));

    /// <summary>In words, what the money is for as far as the given kinds go.</summary>
    internal string Describe(IEnumerable<RestrictionKind> kinds) => string.Join(", ", kinds.Select(kind => kind switch
    {
        RestrictionKind.Purpose => $"only for the purpose '{Purpose}'",
        RestrictionKind.Chapter => $"only for groups of the chapter {ChapterId}",
        _ => $"only from {Text(From)} to {Text(To)}",
    }));

    private static string Text(DateOnly? date) => date?.ToString("O", CultureInfo.InvariantCulture) ?? "any date";

    private RestrictionViolated? Violated(params IEnumerable<(RestrictionKind Kind, bool Violated)> checks)
    {
        var violated = checks.Where(c => c.Violated).Select(c => c.Kind).ToList();
        return violated.Count == 0 ? null : new RestrictionViolated(violated, this);
    }

    internal sealed class Validator : AbstractValidator<Restriction>
    {
        public Validator()
        {
            RuleFor(r => r.Kind).Must((r, _) => r == None).When(r => r.Kind == RestrictionKind.Unrestricted)
                .WithMessage("An unrestricted fund has no purpose, chapterId, from or to: leave them out, or choose 'purpose', 'chapter' or 'period'.");
            RuleFor(r => r.Purpose!).Text(PurposeLength).When(r => r.Kind == RestrictionKind.Purpose || r.Purpose is not null);
            RuleFor(r => r.ChapterId).NotNull().When(r => r.Kind == RestrictionKind.Chapter).WithMessage("Must be given when the kind is 'chapter'.");
            RuleFor(r => r.From).Must((r, from) => from is not null || r.To is not null).When(r => r.Kind == RestrictionKind.Period)
                .WithMessage("This or 'to' must be given when the kind is 'period'.");
            RuleFor(r => r.To).Must((r, to) => !(to < r.From)).WithMessage("Must not be before 'from'.");
        }
    }
}
