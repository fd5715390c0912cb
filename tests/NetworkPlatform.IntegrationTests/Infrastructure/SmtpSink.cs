using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>A mail server of another hand that keeps what it gets. It refuses recipients whose address begins with "refused".</summary>
public sealed class SmtpSink : IAsyncLifetime
{
    private readonly ConcurrentQueue<JsonElement> mails = [];
    private readonly NodeClient client;
    private Task reading = Task.CompletedTask;

    public SmtpSink()
        : this("", "")
    {
    }

    internal SmtpSink(string user, string password) => client = user.Length == 0 ? NodeClient.Start("smtp-sink.js") : NodeClient.Start("smtp-sink.js", user, password);

    public int Port { get; private set; }

    public Dictionary<string, string> Settings => new(StringComparer.Ordinal)
    {
        ["Mail:Smtp"] = string.Create(CultureInfo.InvariantCulture, $"smtp://127.0.0.1:{Port}"),
        ["Mail:From"] = "Our network <no-reply@network.example>",
    };

    public IReadOnlyList<JsonElement> To(string address) =>
        [.. mails.Where(m => m.GetProperty("recipients").EnumerateArray().Any(r => string.Equals(r.GetString(), address, StringComparison.OrdinalIgnoreCase)))];

    /// <summary>The mails to the address, once there are so many.</summary>
    public Task<IReadOnlyList<JsonElement>> To(string address, int count) => Eventually.Get(() => Task.FromResult(To(address)), found => found.Count >= count);

    public async ValueTask InitializeAsync()
    {
        Port = int.Parse((await client.Output.ReadLineAsync())!, CultureInfo.InvariantCulture);
        reading = Read();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await reading;
    }

    private async Task Read()
    {
        while (await client.Output.ReadLineAsync() is { } line)
        {
            mails.Enqueue(JsonDocument.Parse(line).RootElement);
        }
    }
}
