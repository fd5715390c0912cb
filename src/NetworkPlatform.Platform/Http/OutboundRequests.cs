using System.Net;
using System.Net.Sockets;

namespace NetworkPlatform.Platform.Http;

/// <summary>
/// Requests to addresses that somebody outside has named, such as a client's logout address or another issuer's keys: by https, without following redirects, and never into a
/// private network, whatever a name resolves to. <c>Outbound:AllowPrivateNetworks</c> lifts the last, and takes http on loopback.
/// </summary>
public static class OutboundRequests
{
    /// <summary>Name of the <see cref="IHttpClientFactory"/>'s client.</summary>
    public const string ClientName = "outbound";

    private const int MostBytes = 1_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly IPNetwork[] NotPublic =
    [
        .. ((string[])[
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "2001::/32", "2001:db8::/32", "2002::/16"
        ]).Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Whether the address is reachable for everybody, and so nothing that only we reach.</summary>
    internal static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(plain)) && !NotPublic.Any(network => network.Contains(plain));
    }

    internal static void AddOutboundRequests(this IServiceCollection services, IConfiguration configuration)
    {
        var allowPrivate = configuration.GetValue("Outbound:AllowPrivateNetworks", defaultValue: false);
        services.AddHttpClient(ClientName, http => (http.Timeout, http.MaxResponseContentBufferSize) = (Patience, MostBytes))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                ConnectCallback = (context, cancellationToken) => Connect(context.DnsEndPoint, allowPrivate, cancellationToken),
            })
            .AddHttpMessageHandler(() => new HttpsOnly(allowPrivate));
    }

    /// <summary>Connects to what was looked at: a name that resolves to something else a moment later changes nothing.</summary>
    private static async ValueTask<Stream> Connect(DnsEndPoint target, bool allowPrivate, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        IPAddress[] allowed = [.. addresses.Where(address => allowPrivate || IsPublic(address))];
        if (allowed.Length == 0)
        {
            throw new HttpRequestException($"{target.Host} is in a private network.");
        }

        Socket? socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            var stream = new NetworkStream(socket, ownsSocket: true);
            socket = null;
            return stream;
        }
        finally
        {
            socket?.Dispose();
        }
    }

    private sealed class HttpsOnly(bool allowLoopback) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri is { } uri && (uri.Scheme == Uri.UriSchemeHttps || (allowLoopback && uri.IsLoopback))
                ? base.SendAsync(request, cancellationToken)
                : throw new HttpRequestException($"{request.RequestUri} is not an https address.");
    }
}
