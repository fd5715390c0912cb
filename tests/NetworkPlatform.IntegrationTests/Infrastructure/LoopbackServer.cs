using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>Somebody else's server on this machine, which answers as a test says and keeps what it was sent.</summary>
public sealed class LoopbackServer : IDisposable
{
    private readonly HttpListener listener = new();

    public LoopbackServer(Func<Received, (int Status, string Body)> answer)
    {
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Repository.FreePort()}");
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        _ = Serve(answer);
    }

    public string Address { get; }

    public ConcurrentQueue<Received> Requests { get; } = [];

    /// <summary>Of the answer to a request for the path.</summary>
    public Func<string, string> ContentType { get; init; } = _ => "application/json";

    public void Dispose() => ((IDisposable)listener).Dispose();

    private async Task Serve(Func<Received, (int Status, string Body)> answer)
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var received = new Received(context.Request.Url!.PathAndQuery, await reader.ReadToEndAsync());
            Requests.Enqueue(received);
            var (status, body) = answer(received);
            context.Response.StatusCode = status;
            context.Response.ContentType = ContentType(received.Path);
            if (status is >= 300 and < 400)
            {
                context.Response.RedirectLocation = body;
            }

            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }
    }

    public sealed record Received(string Path, string Body);
}
