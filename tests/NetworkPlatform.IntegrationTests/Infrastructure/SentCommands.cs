using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>Counts the commands with certain words that hosts in this process send to one database, and may act after each.</summary>
internal sealed class SentCommands : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string? database;
    private readonly string[] words;
    private readonly List<IDisposable> subscriptions = [];
    private int count;

    internal SentCommands(string connection, params string[] words)
    {
        this.words = words;
        database = new NpgsqlConnectionStringBuilder(connection).Database;
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    internal Action AfterEach { get; init; } = () => { };

    /// <summary>How many since the last time.</summary>
    internal int Take() => Interlocked.Exchange(ref count, 0);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuted.Name && value.Value is CommandEventData { Command: var command } && command.Connection?.Database == database
            && Array.TrueForAll(words, w => command.CommandText.Contains(w, StringComparison.Ordinal)))
        {
            Interlocked.Increment(ref count);
            AfterEach();
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => subscriptions.ForEach(s => s.Dispose());
}
