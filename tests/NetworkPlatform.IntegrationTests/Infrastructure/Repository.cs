using System.Diagnostics;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>Where the checkout is, and its scripts.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot();

    /// <summary>Real feeds beside the checkout; null where they are absent.</summary>
    internal static string? SharedData { get; } = new[] { Environment.GetEnvironmentVariable("NETWORKPLATFORM_SHARED_DATA"), Path.Combine(Root, "..", "shared", "data") }
        .FirstOrDefault(folder => folder is not null && Directory.Exists(folder));

    /// <summary>Runs one of infra/scripts and returns what it printed.</summary>
    internal static async Task<string> Script(string name, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        // The server that a script leaves behind must not hold our pipes open, so output goes through a file.
        var output = Path.GetTempFileName();
        var start = new ProcessStartInfo("bash") { WorkingDirectory = Root };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"exec \"$0\" \"$@\" >'{output}' 2>&1 </dev/null");
        start.ArgumentList.Add(Path.Combine(Root, "infra", "scripts", name));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        var text = await File.ReadAllTextAsync(output);
        File.Delete(output);
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{name} {string.Join(' ', arguments)} failed: {text}");
    }

    /// <summary>A port that was free a moment ago, as were those so far above it; below those that the system hands out and within what the scripts need.</summary>
    internal static int FreePort(int from = 20_000, int to = 32_000, params int[] above)
    {
        while (true)
        {
            var port = Random.Shared.Next(from, to);
            if (above.Append(0).All(step => IsFree(port + step)))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var probe = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        try
        {
            probe.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, port));
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NetworkPlatform.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests must run from within the checkout.");
    }
}
