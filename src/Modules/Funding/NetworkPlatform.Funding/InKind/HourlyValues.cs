using Microsoft.Extensions.Configuration;
using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.Funding.InKind;

/// <summary>
/// What an hour of a volunteer's time is worth: settings <c>Funding:InKindHourlyValue:EUR</c> and so on by currency, and
/// <c>Funding:InKindHourlyValue:Default</c> for the others, 20.00 where not set. All are judgements: set what your auditors accept.
/// </summary>
internal sealed class HourlyValues
{
    private const string Section = "Funding:InKindHourlyValue";
    private const string Default = "Default";

    private readonly Dictionary<string, decimal> byCurrency = new(StringComparer.OrdinalIgnoreCase) { [Default] = 20.00m };

    internal static HourlyValues From(IConfiguration configuration)
    {
        var values = new HourlyValues();
        foreach (var setting in configuration.GetSection(Section).GetChildren())
        {
            values.byCurrency[setting.Key] = Amounts.IsAmount(setting.Value)
                ? Amounts.Parse(setting.Value)
                : throw new InvalidOperationException($"{Section}:{setting.Key} must be a positive decimal such as 18.50.");
        }

        return values;
    }

    /// <summary>minutes / 60 × the hour's value, rounded once.</summary>
    internal Money ValueOf(int minutes, string currency) =>
        Money.Rounded(minutes * byCurrency.GetValueOrDefault(currency, byCurrency[Default]) / 60, currency);
}
