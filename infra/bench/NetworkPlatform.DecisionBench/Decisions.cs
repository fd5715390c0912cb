using BenchmarkDotNet.Attributes;
using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.DecisionBench;

/// <summary>One decision beside a thousand shifts of the last year: an allowed one, a refused one with the search for the earliest start, and both as ones of a list, made ready before.</summary>
[MemoryDiagnoser]
public class Decisions
{
    private static readonly DateTimeOffset Now = new(2026, 10, 5, 18, 0, 0, TimeSpan.Zero);
    private static readonly Duty Free = new(Now.AddDays(30), Now.AddDays(30).AddHours(1.5), "Europe/London", 2);

    // The last of the thousand ended eight hours before.
    private static readonly Duty TooSoon = new(Now, Now.AddHours(1.5), "Europe/London", 2);
    private static readonly List<Duty> Taken =
    [
        .. Enumerable.Range(1, 1000).Select(n => new Duty(Now.AddHours(-8.7 * n), Now.AddHours((-8.7 * n) + 0.7), n % 3 == 0 ? "America/New_York" : "Europe/London", 1 + (n % 2))),
    ];

    private static readonly TakenDuties Ready = TakenDuties.Of(BurnoutPolicy.Default, Taken, Now);

    [Benchmark]
    public bool Allowed() => BurnoutRules.Decide(BurnoutPolicy.Default, Taken, Free).IsRefused;

    [Benchmark]
    public bool Refused() => BurnoutRules.Decide(BurnoutPolicy.Default, Taken, TooSoon).IsRefused;

    [Benchmark]
    public bool RefusedOfMany() => BurnoutRules.Decide(Ready, TooSoon).IsRefused;

    [Benchmark]
    public bool AllowedOfMany() => BurnoutRules.Decide(Ready, Free).IsRefused;
}
