using System.Linq.Expressions;
using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.Funding.Funds;

/// <summary>
/// Money in one currency, with what it may be spent on. Its figures are a running fold of its ledger entries, kept here so that one
/// conditional update both checks and moves them; only <see cref="Posting"/> moves them.
/// </summary>
internal sealed class Fund : Entity
{
    internal const int NameLength = 200;

    /// <summary>What a figure may come to and still fit its column.</summary>
    internal const decimal Largest = 999_999_999_999_999m;

    public required string Name { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    public RestrictionKind RestrictionKind { get; private init; }

    public string? Purpose { get; private init; }

    public Guid? ChapterId { get; private init; }

    public DateOnly? ValidFrom { get; private init; }

    public DateOnly? ValidTo { get; private init; }

    public decimal Balance { get; init; }

    public decimal Allocated { get; init; }

    public decimal Spent { get; init; }

    internal static Fund Of(string name, string currency, Restriction restriction) => new()
    {
        Name = name,
        Currency = currency,
        RestrictionKind = restriction.Kind,
        Purpose = restriction.Purpose?.Trim(),
        ChapterId = restriction.ChapterId,
        ValidFrom = restriction.From,
        ValidTo = restriction.To,
    };

    internal Restriction ToRestriction() => new(RestrictionKind, Purpose, ChapterId, ValidFrom, ValidTo);

    /// <summary>True of a fund that the change leaves sound: 0 ≤ allocated ≤ balance, and nothing outgrows its column.</summary>
    internal static Expression<Func<Fund, bool>> Bears(Figures change) => fund =>
        fund.Allocated + change.Allocated >= 0
        && fund.Balance + change.Balance >= fund.Allocated + change.Allocated
        && fund.Balance + change.Balance <= Largest
        && fund.Spent + change.Spent <= Largest;
}

/// <summary>What remains of a fund's money that was set aside for a group.</summary>
internal sealed class Allocation : Entity
{
    public required Guid FundId { get; init; }

    public required Guid GroupId { get; init; }

    public required decimal Remaining { get; init; }
}
