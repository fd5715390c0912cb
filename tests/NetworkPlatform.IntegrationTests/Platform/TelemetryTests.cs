namespace NetworkPlatform.IntegrationTests.Platform;

public sealed class TelemetryTests(DatabaseServer server)
{
    [Fact]
    public async Task Traces_and_metrics_are_sent_to_whoever_collects_them()
    {
        DatabaseServer.OnPostgreSqlOnly("the host is a process of its own on it.");
        using var collector = new LoopbackServer(_ => (200, ""));
        var database = await server.CreateDatabase();
        var settings = new Dictionary<string, string>(database.Settings, StringComparer.Ordinal)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
        };

        using var host = await HostProcess.Start(database, rabbitMq: null, settings: settings);

        await Arrives("/v1/traces", "NetworkPlatform", "Microsoft.AspNetCore.Hosting.HttpRequestIn", "postgresql");
        await Arrives("/v1/metrics", "NetworkPlatform", "http.server.request.duration", "dotnet.gc");

        // Names are readable in the protocol's bytes.
        Task Arrives(string path, params string[] names) => Eventually.Get(
            () => Task.FromResult(string.Concat(collector.Requests.Where(r => r.Path == path).Select(r => r.Body))), sent => Array.TrueForAll(names, name => sent.Contains(name, StringComparison.Ordinal)), seconds: 20);
    }
}
