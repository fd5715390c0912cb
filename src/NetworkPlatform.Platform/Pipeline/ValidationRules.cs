using System.Globalization;
using System.Text.RegularExpressions;
using FluentValidation;

namespace NetworkPlatform.Platform.Pipeline;

/// <summary>Rules that several modules' validators share. Every message says what is allowed.</summary>
public static partial class ValidationRules
{
    /// <summary>The first year of the calendar, in which every date that is given must be.</summary>
    public const int FirstYear = 1900;

    /// <summary>Its last year.</summary>
    public const int LastYear = 2999;

    private const int LongestEmail = 254;
    private const string NotStorable = "Must not hold the characters U+0000 and U+FFFE.";

    private static readonly string OutOfCalendar = $"Must be in the years {FirstYear} to {LastYear}.";

    private static readonly HashSet<string> Currencies = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(c => new RegionInfo(c.Name).ISOCurrencySymbol).Where(s => s.Length == 3).ToHashSet(StringComparer.Ordinal);

    /// <summary>Present, not only white space, and at most <paramref name="maxLength"/> characters.</summary>
    public static IRuleBuilderOptions<T, string> Text<T>(this IRuleBuilder<T, string> rule, int maxLength) => rule
        .Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage("Must not be empty.")
        .MaximumLength(maxLength).WithMessage($"Must have at most {maxLength} characters.")
        .Must(IsStorable).WithMessage(NotStorable);

    /// <summary>Absent, or at most <paramref name="maxLength"/> characters.</summary>
    public static IRuleBuilderOptions<T, string?> OptionalText<T>(this IRuleBuilder<T, string?> rule, int maxLength) =>
        rule.MaximumLength(maxLength).WithMessage($"Must have at most {maxLength} characters.").Must(IsStorable).WithMessage(NotStorable);

    /// <summary>Absent, or of the years 1900 to 2999, so that whatever is added to it stays a date.</summary>
    public static IRuleBuilderOptions<T, DateTimeOffset?> WithinCalendar<T>(this IRuleBuilder<T, DateTimeOffset?> rule) =>
        rule.Must(instant => instant is null || IsWithinCalendar(instant.Value.Year)).WithMessage(OutOfCalendar);

    /// <inheritdoc cref="WithinCalendar{T}(IRuleBuilder{T, DateTimeOffset?})"/>
    public static IRuleBuilderOptions<T, DateOnly?> WithinCalendar<T>(this IRuleBuilder<T, DateOnly?> rule) =>
        rule.Must(date => date is null || IsWithinCalendar(date.Value.Year)).WithMessage(OutOfCalendar);

    /// <summary>A name for host names and headers: 2 to 63 lower-case letters, digits and single hyphens.</summary>
    public static IRuleBuilderOptions<T, string> Slug<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(slug => IsSlug(slug, 63))
        .WithMessage("Must be 2 to 63 lower-case letters, digits and single hyphens, such as 'river-bank'.");

    /// <summary>An IANA time zone name that this system knows.</summary>
    public static IRuleBuilderOptions<T, string?> IanaTimeZone<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(zone => zone is not null && IsIanaTimeZone(zone)).WithMessage("Must be an IANA time zone, such as 'Europe/London'.");

    /// <summary>An ISO 4217 currency code.</summary>
    public static IRuleBuilderOptions<T, string> Currency<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(code => code is not null && Currencies.Contains(code)).WithMessage("Must be an ISO 4217 currency code in capitals, such as 'EUR'.");

    /// <summary>A plain e-mail address of at most 254 characters, in its normal form too, by which it is looked for.</summary>
    public static IRuleBuilderOptions<T, string> Email<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(email => email is { Length: <= LongestEmail } && EmailPattern().IsMatch(email) && IsStorable(email) && email.Normalize().Length <= LongestEmail).WithMessage("Must be an e-mail address, such as 'name@example.org'.");

    /// <summary>Language tags such as <c>en</c> or <c>pt-BR</c> (BCP 47), at most 20.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> Languages<T>(this IRuleBuilder<T, IReadOnlyList<string>?> rule) => rule
        .Must(tags => tags is null || (tags.Count <= 20 && tags.All(tag => tag is { Length: <= 35 } && LanguagePattern().IsMatch(tag))))
        .WithMessage("Must be at most 20 language tags, such as 'en' or 'pt-BR'.");

    /// <summary>A culture that this system knows.</summary>
    public static IRuleBuilderOptions<T, string?> Culture<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(culture => culture is { Length: > 0 } && CultureInfo.GetCultures(CultureTypes.AllCultures).Any(c => c.Name == culture))
        .WithMessage("Must be a culture, such as 'en-GB'.");

    /// <summary>Databases cannot hold U+0000 in text, and what holds U+FFFE, which is no character, cannot be normalised.</summary>
    public static bool IsStorable(string? text) => text is null || text.AsSpan().IndexOfAny('\0', '\uFFFE') < 0;

    /// <summary>
    /// A zone of the IANA database, spelt as there. The system's look-up also finds Windows names, files of its own, and, once it has met a zone,
    /// other spellings of it, which another node or this one after a restart would not find.
    /// </summary>
    public static bool IsIanaTimeZone(string zone) => ZonePattern().IsMatch(zone) && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
        && found.HasIanaId && found.Id.Equals(zone, StringComparison.Ordinal);

    /// <summary>2 to <paramref name="longest"/> lower-case letters, digits and single hyphens.</summary>
    public static bool IsSlug(string? text, int longest) => text is { Length: >= 2 } && text.Length <= longest && SlugPattern().IsMatch(text);

    /// <summary>Of the years 1900 to 2999: keeps sums of dates and offsets within what a date can be.</summary>
    public static bool IsWithinCalendar(int year) => year is >= FirstYear and <= LastYear;

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex SlugPattern();

    [GeneratedRegex(@"^(?!(localtime|Factory)\z|posix|right/)[A-Z][A-Z0-9_+-]*(/[A-Z0-9_+-]+)*\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex ZonePattern();

    [GeneratedRegex(@"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex LanguagePattern();
}
