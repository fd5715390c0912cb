namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>Something a volunteer was trained in or checked for, such as a background check.</summary>
/// <param name="ExpiresOn">The last day on which it holds; null for ever.</param>
internal sealed record Qualification(string Code, DateOnly IssuedOn, DateOnly? ExpiresOn);

/// <summary>All that a volunteer holds or has held, one of each code: the newest.</summary>
internal sealed record Qualifications(IReadOnlyList<Qualification> All)
{
    internal const int Most = 50;

    internal static Qualifications None { get; } = new([]);

    internal Qualifications With(Qualification added) => new([.. All.Where(q => q.Code != added.Code), added]);

    internal Qualifications Without(string code) => new([.. All.Where(q => q.Code != code)]);

    /// <summary>The codes that are not held on a day.</summary>
    internal IReadOnlyList<string> MissingOn(DateOnly day, IReadOnlyList<string>? required) =>
        required is null or [] ? [] : [.. required.Where(code => !All.Any(q => q.Code == code && q.IssuedOn <= day && (q.ExpiresOn is null || q.ExpiresOn >= day)))];
}
