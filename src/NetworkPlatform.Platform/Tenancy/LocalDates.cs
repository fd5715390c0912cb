namespace NetworkPlatform.Platform.Tenancy;

/// <summary>What tenants, their chapters and people say of days is meant by a clock of their own.</summary>
public static class LocalDates
{
    /// <summary>The date that the zone's clocks show at the instant.</summary>
    public static DateOnly DateIn(this DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <inheritdoc cref="DateIn(DateTimeOffset, TimeZoneInfo)"/>
    /// <param name="timeZone">IANA name.</param>
    public static DateOnly DateIn(this DateTimeOffset instant, string timeZone) => instant.DateIn(TimeZoneInfo.FindSystemTimeZoneById(timeZone));
}
