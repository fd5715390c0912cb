using System.Collections.Concurrent;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>The system's clock, moved by as much as a test wants; its timers go off when they are due by it.</summary>
public sealed class TestClock : TimeProvider
{
    private readonly ConcurrentDictionary<MovedTimer, bool> timers = [];
    private TimeSpan ahead;
    private DateTimeOffset? stoppedAt;

    public override DateTimeOffset GetUtcNow() => (stoppedAt ?? base.GetUtcNow()) + ahead;

    public void Advance(TimeSpan by)
    {
        ahead += by;
        foreach (var timer in timers.Keys)
        {
            timer.Advance(by);
        }
    }

    /// <summary>From now on only <see cref="Advance"/> moves it.</summary>
    public void Stop() => stoppedAt = base.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new MovedTimer(this, callback, state);
        timers.TryAdd(timer, true);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>A timer of the system, which a move of the clock brings forward.</summary>
    private sealed class MovedTimer : ITimer
    {
        private readonly TestClock clock;
        private readonly ITimer timer;
        private TimeSpan untilDue;
        private TimeSpan period;

        internal MovedTimer(TestClock clock, TimerCallback callback, object? state)
        {
            this.clock = clock;
            timer = System.CreateTimer(_ => Due(callback, state), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (untilDue, this.period) = (dueTime, period);
            return timer.Change(dueTime, period);
        }

        public void Dispose()
        {
            clock.timers.TryRemove(this, out _);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        /// <summary>What has passed by itself since the timer was set is not counted: it may go off that much later.</summary>
        internal void Advance(TimeSpan by)
        {
            if (untilDue != Timeout.InfiniteTimeSpan)
            {
                Change(by < untilDue ? untilDue - by : TimeSpan.Zero, period);
            }
        }

        private void Due(TimerCallback callback, object? state)
        {
            untilDue = period;
            callback(state);
        }
    }
}
