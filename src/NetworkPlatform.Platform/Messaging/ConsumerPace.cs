using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using MediatR;
using NetworkPlatform.Platform.Pipeline;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>
/// Requests go first: what happens behind them takes half of the cores at most, queue by queue; and few connections of its module's pool however many cores there are, since a queue may hang on a mail
/// server.
/// </summary>
[SuppressMessage("Reliability", "CA2000", Justification = "A queue's places live as long as the application.")]
internal sealed class ConsumerPace
{
    private const int RestAfterWork = 12;
    private const int MostPlaces = 4;

    /// <summary>After work that something held up.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> places = new(StringComparer.Ordinal);

    /// <summary>Works once there is a place for the queue.</summary>
    /// <param name="thenRest">Whether the place then rests several times as long as it has worked: meanwhile more gathers to be done together.</param>
    internal async Task<T> Keep<T>(string queue, Func<Task<T>> work, bool thenRest = false)
    {
        var place = places.GetOrAdd(queue, _ => new SemaphoreSlim(Math.Clamp(Environment.ProcessorCount / 2, 1, MostPlaces)));
        await place.WaitAsync();
        var began = Stopwatch.GetTimestamp();
        try
        {
            return await work();
        }
        finally
        {
            if (thenRest)
            {
                var rest = RestAfterWork * Stopwatch.GetElapsedTime(began);
                _ = Task.Delay(rest < LongestRest ? rest : LongestRest).ContinueWith(_ => place.Release(), TaskScheduler.Default);
            }
            else
            {
                place.Release();
            }
        }
    }
}

/// <summary>A consumer's command waits for its queue's turn; a request's goes on at once.</summary>
internal sealed class TurnBehavior<TRequest, TResponse>(ConsumerPace pace, MessageOrigin origin) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : ICommand
    where TResponse : class, IResult<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        origin.MessageId is null ? next() : pace.Keep(origin.Consumer, () => next());
}
