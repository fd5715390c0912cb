using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.UnitTests.Rostering.Burnout;

public sealed class WeekOfClockTests
{
    private static readonly long From = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly long To = new DateTime(2041, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    [Fact]
    public void It_shows_what_the_zone_s_clock_shows_in_every_zone()
    {
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
        {
            var clock = new WeekOfClock(zone.Id);
            for (var instant = From; instant < To; instant += 11 * TimeSpan.TicksPerHour)
            {
                if (clock.LocalAt(instant) != LocalClock.LocalAt(zone, instant))
                {
                    Assert.Fail($"{zone.Id} at {LocalClock.Utc(instant):u}");
                }
            }
        }
    }
}
