using System.Text.RegularExpressions;

namespace NetworkPlatform.Tenancy.Tenants;

/// <summary>A setting by its name in requests and answers.</summary>
internal sealed record Setting(string Name, Func<Tenant, bool> IsInherited, Action<Tenant> Inherit)
{
    internal static IReadOnlyList<Setting> All { get; } =
    [
        new("culture", t => t.Culture is null, t => t.Culture = null),
        new("timeZone", t => t.TimeZone is null, t => t.TimeZone = null),
        new("currency", t => t.Currency is null, t => t.Currency = null),
        new("weekStart", t => t.WeekStart is null, t => t.WeekStart = null),
        new("branding", t => t is { BrandName: null, BrandColor: null, LogoUrl: null }, t => (t.BrandName, t.BrandColor, t.LogoUrl) = (null, null, null)),
    ];
}

/// <summary>How the tenant shows itself.</summary>
/// <param name="Color">Hexadecimal, such as <c>#1a7f5a</c>.</param>
/// <param name="LogoUrl">An https address.</param>
internal sealed record Branding(string? Name, string? Color, string? LogoUrl);

internal static partial class SettingRules
{
    internal static IRuleBuilderOptions<T, string?> Plan<T>(this IRuleBuilder<T, string?> rule, Quotas quotas) => rule
        .Must(plan => plan is not null && quotas.Plans.Contains(plan, StringComparer.Ordinal)).WithMessage($"Must be one of {string.Join(", ", quotas.Plans)}.");

    internal sealed class BrandingValidator : AbstractValidator<Branding>
    {
        public BrandingValidator()
        {
            RuleFor(b => b.Name).OptionalText(Tenant.NameLength)
                .Must(name => name is null || !string.IsNullOrWhiteSpace(name)).WithMessage("Must not be blank; null takes the tenant's own name.");
            RuleFor(b => b.Color).Must(color => color is null || ColorPattern().IsMatch(color)).WithMessage("Must be a colour such as '#1a7f5a'.");
            RuleFor(b => b.LogoUrl).OptionalText(Tenant.UrlLength)
                .Must(url => url is null || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps)).WithMessage("Must be an https address.");
        }
    }

    [GeneratedRegex(@"^#[0-9a-fA-F]{6}\z", RegexOptions.None, 100)]
    private static partial Regex ColorPattern();
}
