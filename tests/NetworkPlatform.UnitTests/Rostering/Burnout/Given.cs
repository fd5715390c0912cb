using System.Globalization;
using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.UnitTests.Rostering.Burnout;

/// <summary>Duties and policies as the tests speak of them.</summary>
internal static class Given
{
    public const string Berlin = "Europe/Berlin";

    /// <summary>A policy that says nothing.</summary>
    public static BurnoutPolicy Silent { get; } =
        Enum.GetValues<BurnoutRule>().Aggregate(BurnoutPolicy.Default, (policy, rule) => With(policy, rule, default));

    /// <summary>The default policy's figures of one rule alone.</summary>
    public static BurnoutPolicy Only(BurnoutRule rule) => With(Silent, rule, BurnoutPolicy.Default.For(rule));

    public static BurnoutPolicy With(BurnoutPolicy policy, BurnoutRule rule, Threshold threshold) => policy.With(rule, threshold);

    /// <summary>The instant at which clocks in a zone show a time ("2026-03-01 19:00") that comes exactly once.</summary>
    public static DateTimeOffset At(string local, string zone = Berlin)
    {
        var time = DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(time, TimeZoneInfo.FindSystemTimeZoneById(zone)), TimeSpan.Zero);
    }

    /// <summary>A duty from a local start, lasting minutes that elapse.</summary>
    public static Duty Lasting(int minutes, string start, string zone = Berlin, int intensity = 1)
    {
        var startsAt = At(start, zone);
        return new Duty(startsAt, startsAt.AddMinutes(minutes), zone, intensity);
    }

    /// <summary>A duty between two local times.</summary>
    public static Duty Between(string start, string end, string zone = Berlin, int intensity = 1) =>
        new(At(start, zone), At(end, zone), zone, intensity);

    public static Duty Moved(this Duty duty, DateTimeOffset start) =>
        duty with { StartsAt = start, EndsAt = start + (duty.EndsAt - duty.StartsAt) };
}
