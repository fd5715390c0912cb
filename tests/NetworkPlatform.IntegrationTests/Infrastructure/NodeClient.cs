using System.Diagnostics;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>One of the programs in tests/clients, in a process of its own. It ends with its input.</summary>
public sealed class NodeClient : IDisposable
{
    private readonly Process process;

    private NodeClient(Process process) => this.process = process;

    public StreamReader Output => process.StandardOutput;

    public static NodeClient Start(string script, params string[] arguments)
    {
        var folder = Path.Combine(Repository.Root, "tests", "clients");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            throw new InvalidOperationException("Run `npm ci` in tests/clients, as infra/test.sh does.");
        }

        var start = new ProcessStartInfo("node") { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(script);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var client = new NodeClient(Process.Start(start)!);
        client.process.ErrorDataReceived += (_, _) => { };
        client.process.BeginErrorReadLine();
        return client;
    }

    /// <summary>Hands the program its whole input and returns all that it prints.</summary>
    public static async Task<string> Run(string script, string input)
    {
        using var client = Start(script);
        var output = client.Output.ReadToEndAsync();
        await client.process.StandardInput.WriteAsync(input);
        client.process.StandardInput.Close();
        return await output;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
