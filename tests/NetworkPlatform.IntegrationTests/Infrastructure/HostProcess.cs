using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>The service as a process of its own, which a test can kill.</summary>
public sealed class HostProcess : IDisposable
{
    private readonly Process process;

    private HostProcess(Process process, Uri address)
    {
        this.process = process;
        Http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(30) }) { BaseAddress = address };
    }

    public HttpClient Http { get; }

    /// <summary>What it has logged, line by line; errors alone unless the settings say otherwise.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <param name="isIssuer">Whether its own address is its issuer, as clients that look it up need it; else all hosts share one.</param>
    /// <param name="port">Any free one where it is null.</param>
    /// <param name="settings">The database's where it is null.</param>
    public static async Task<HostProcess> Start(
        TestDatabase database, string? rabbitMq, bool isIssuer = false, int? port = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var address = new Uri($"http://127.0.0.1:{(port ?? Repository.FreePort()).ToString(CultureInfo.InvariantCulture)}");
        var start = Program(settings ?? database.Settings, [], rabbitMq);
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        if (isIssuer)
        {
            start.Environment["Identity__Issuer"] = address.ToString();
        }

        var host = new HostProcess(Process.Start(start)!, address);
        host.process.OutputDataReceived += (_, line) => host.Log.Enqueue(line.Data ?? "");
        host.process.ErrorDataReceived += (_, _) => { };
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        await Eventually.Get(host.Ready, ready => ready);
        return host;
    }

    /// <summary>Runs one of the program's verbs to its end.</summary>
    public static async Task<(int ExitCode, string Output)> Run(TestDatabase database, params string[] arguments)
    {
        using var verb = Process.Start(Program(database.Settings, arguments, rabbitMq: null))!;
        var errors = verb.StandardError.ReadToEndAsync();
        var output = await verb.StandardOutput.ReadToEndAsync();
        await verb.WaitForExitAsync();
        return (verb.ExitCode, output + await errors);
    }

    /// <summary>The same caller, here; one at a time.</summary>
    public ApiClient As(ApiClient caller)
    {
        Http.DefaultRequestHeaders.Authorization = caller.Http.DefaultRequestHeaders.Authorization;
        return new ApiClient(Http);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
        Http.Dispose();
    }

    private static ProcessStartInfo Program(IReadOnlyDictionary<string, string> settings, string[] arguments, string? rabbitMq)
    {
        var start = new ProcessStartInfo("dotnet", ["NetworkPlatform.Api.dll", .. arguments])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["Identity__Issuer"] = ApiHost.Issuer;
        start.Environment["Identity__KeyEncryptionKey"] = ApiHost.KeyEncryptionKey;
        start.Environment["Messaging__Transport"] = rabbitMq is null ? "in-memory" : "rabbitmq";
        start.Environment["Messaging__RabbitMq"] = rabbitMq ?? "";
        start.Environment["Logging__LogLevel__Default"] = "Error";
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return start;
    }

    private async Task<bool> Ready()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
