using System.Diagnostics;

namespace NetworkPlatform.Api;

/// <summary>What goes with each line of a log: the trace that it is of and what our own code says, but not ASP.NET's word on the request, since the addresses of feeds and links in mail are secrets.</summary>
internal sealed class LogScopes : IExternalScopeProvider
{
    private readonly LoggerExternalScopeProvider scopes = new();

    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
        if (Activity.Current is { } activity)
        {
            callback(new Trace(activity), state);
        }

        scopes.ForEachScope(callback, state);
    }

    public IDisposable Push(object? state) => scopes.Push(state is IEnumerable<KeyValuePair<string, object?>> values && values.Any(v => v.Key == "RequestPath") ? null : state);

    private sealed class Trace(Activity activity) : List<KeyValuePair<string, object?>>([new("TraceId", activity.TraceId.ToString()), new("SpanId", activity.SpanId.ToString())])
    {
        public override string ToString() => string.Join(", ", this.Select(v => $"{v.Key}:{v.Value}"));
    }
}
