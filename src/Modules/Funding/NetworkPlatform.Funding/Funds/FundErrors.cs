using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.Funding.Funds;

internal sealed record FundNotFound() : NotFound("There is no such fund.");

internal sealed record FundNameTaken(string Name) : Conflict($"A fund with the name '{Name}' exists already.");

internal sealed record ChapterNotFound(string Field) : NotFound($"There is no such chapter: see {Field}.");

internal sealed record GroupNotFound(string Field) : NotFound($"There is no such group: see {Field}.");

internal sealed record GroupIsClosed(string Field) : Conflict($"The group is closed, so nothing more is set aside for it: see {Field}.");

/// <param name="Available">What could be used at most: the unallocated money and, for a group's expense, what is set aside for that group.</param>
internal sealed record FundWouldBeOverspent(string Available, string Requested, string Currency)
    : RuleBroken($"{Requested} {Currency} is more than the {Available} {Currency} that are available for this.");

internal sealed record FundWouldOutgrowLedger() : RuleBroken($"No figure of a fund may exceed {Amounts.Format(Fund.Largest)}.");

/// <param name="Violated">Every restriction that stands in the way.</param>
/// <param name="Restriction">What the fund may be used for.</param>
internal sealed record RestrictionViolated(IReadOnlyList<RestrictionKind> Violated, Restriction Restriction)
    : RuleBroken($"This fund may be used {Restriction.Describe(Violated)}.");
