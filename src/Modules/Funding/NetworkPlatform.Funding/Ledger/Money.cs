namespace NetworkPlatform.Funding.Ledger;

/// <summary>An amount of one currency (ISO 4217 code). Exact: parts are made by subtraction, so that together they are always the whole.</summary>
internal readonly record struct Money(decimal Amount, string Currency)
{
    public static Money operator -(Money money) => money with { Amount = -money.Amount };

    public static Money operator -(Money whole, Money part) => whole.Currency == part.Currency
        ? whole with { Amount = whole.Amount - part.Amount }
        : throw new InvalidOperationException($"{whole} and {part} are of two currencies.");

    /// <summary>Rounded once, to two decimals, ties to the even one, so that many roundings do not add up to a drift.</summary>
    public static Money Rounded(decimal exact, string currency) => new(Math.Round(exact, 2, MidpointRounding.ToEven), currency);

    public override string ToString() => $"{Amounts.Format(Amount)} {Currency}";
}
