namespace NetworkPlatform.Funding;

internal static class LocalDates
{
    /// <summary>The date of an instant in the tenant's books, which are kept in the tenant's own time zone.</summary>
    internal static DateOnly DateOf(this TenantInfo tenant, DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(tenant.TimeZone)).DateTime);
}
