namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>A RabbitMQ node for this test run, started when the first test asks for it.</summary>
public sealed class RabbitMqNode : IAsyncDisposable
{
    /// <summary>For classes that use it: their hosts' queues have the same names.</summary>
    internal const string OneAtATime = "RabbitMQ";

    private static readonly Dictionary<string, string> NoSettings = new(StringComparer.Ordinal);

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"networkplatform-rabbitmq-{Guid.NewGuid():N}");
    private readonly SemaphoreSlim starting = new(1, 1);
    private string port = "";
    private string? uri;

    public async Task<string> Uri()
    {
        await starting.WaitAsync();
        try
        {
            return uri ??= await Start();
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>SIGKILL.</summary>
    internal Task Kill() => Repository.Script("rabbitmq.sh", NoSettings, "kill", folder, port);

    private async Task<string> Start()
    {
        // Its other two ports must lie below those that the system hands out, too.
        port = Repository.FreePort(10_000, 12_700, 10_000, 20_000).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return (await Repository.Script("rabbitmq.sh", NoSettings, "start", folder, port)).Split('\n', ' ').First(word => word.StartsWith("amqp://", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (uri is not null)
        {
            await Repository.Script("rabbitmq.sh", NoSettings, "remove", folder, port);
        }

        starting.Dispose();
    }
}
