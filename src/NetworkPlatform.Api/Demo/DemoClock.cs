namespace NetworkPlatform.Api.Demo;

/// <summary>The clock of the demo's own host: it starts some months back and moves on week by week, so that the demo's history is made by the real rules.</summary>
internal sealed class DemoClock(TimeSpan back) : TimeProvider
{
    private TimeSpan behind = back;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - behind;

    internal void MoveOn(TimeSpan by) => behind = behind > by ? behind - by : TimeSpan.Zero;
}
