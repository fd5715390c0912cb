using Microsoft.Extensions.Configuration;

namespace NetworkPlatform.Identity.Keys;

/// <summary>The settings under <c>Identity:Keys</c>, in days: how long a key signs, how long before it is published, and how long after it still is.</summary>
internal sealed record KeyRotation(TimeSpan Interval, TimeSpan Announcement, TimeSpan Retention)
{
    internal static KeyRotation From(IConfiguration configuration)
    {
        var rotation = new KeyRotation(Days("RotationDays", 90), Days("AnnouncementDays", 14), Days("RetentionDays", 14));
        return rotation.Announcement > TimeSpan.Zero && rotation.Announcement < rotation.Interval && rotation.Retention >= TimeSpan.FromDays(1)
            ? rotation
            : throw new InvalidOperationException("Identity:Keys: AnnouncementDays must be more than 0 and less than RotationDays, and RetentionDays at least 1.");

        TimeSpan Days(string name, int unlessSet) => TimeSpan.FromDays(configuration.GetValue($"Identity:Keys:{name}", unlessSet));
    }
}
