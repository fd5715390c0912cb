using System.Globalization;

namespace NetworkPlatform.Insights.Costs;

/// <summary>Money spent in one currency, and the sessions that it was spent on.</summary>
internal sealed record SessionCost(decimal Spent, int SessionsHeld)
{
    /// <summary>To four decimals, as money is stored; null where no session was held.</summary>
    internal decimal? PerSessionHeld => SessionsHeld == 0 ? null : Math.Round(Spent / SessionsHeld, 4);

    /// <summary>An amount as the API writes it: two to four decimals, so that no reader takes it for a binary fraction.</summary>
    internal static string Text(decimal amount) => amount.ToString("0.00##", CultureInfo.InvariantCulture);
}
