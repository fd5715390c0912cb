using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NetworkPlatform.Funding.Ledger;

/// <summary>Amounts on the wire: decimal strings, since a JSON number loses cents in many a client.</summary>
internal static partial class Amounts
{
    /// <summary>A positive decimal below 10^12 with at most four decimals, in ASCII digits and nothing else.</summary>
    internal static IRuleBuilderOptions<T, string> Amount<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(IsAmount)
        .WithMessage("Must be a positive decimal such as \"120.50\" with at most 4 decimals, below 1000000000000.");

    internal static bool IsAmount([NotNullWhen(true)] string? text) => text is not null && Pattern().IsMatch(text) && Parse(text) > 0;

    internal static decimal Parse(string amount) => decimal.Parse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    /// <summary>At least two decimals, at most four: <c>120.50</c>, <c>-0.0001</c>.</summary>
    internal static string Format(decimal amount) => amount.ToString("0.00##", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-9]{1,12}(\.[0-9]{1,4})?\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Pattern();
}
