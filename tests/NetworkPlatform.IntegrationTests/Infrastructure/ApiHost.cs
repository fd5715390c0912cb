using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetworkPlatform.Api;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>The whole service in this process, on a database of its own, under a clock that a test can set.</summary>
public sealed class ApiHost(IReadOnlyDictionary<string, string> settings, TestClock? clock = null) : WebApplicationFactory<Program>
{
    internal const string Issuer = "http://127.0.0.1";

    internal static readonly string KeyEncryptionKey = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));

    public TestClock Clock { get; } = clock ?? new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Identity:Issuer", Issuer).UseSetting("Identity:KeyEncryptionKey", KeyEncryptionKey).UseSetting("Tenancy:HostTemplate", "__tenant__.np.example");
        foreach (var limit in (string[])["Address:PerSecond", "Address:Burst", "Tenant:PerSecond", "Tenant:Burst", "Tenant:Waiting"])
        {
            builder.UseSetting($"RateLimits:{limit}", "1000000"); // a test that wants limits sets its own
        }

        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
    }
}

/// <summary>A host and its database, shared by the tests of one class; each test works in a network of its own.</summary>
public class ApiFixture(DatabaseServer server) : IAsyncLifetime
{
    private ApiHost? host;
    private TestDatabase? database;
    private (string Key, string Value)[] ownSettings = [];
    private static int networks;

    public ApiHost Host => host!;

    public TestDatabase Database => database!;

    public DatabaseServer Server => server;

    /// <summary>All that a host on this database is started with.</summary>
    public virtual Dictionary<string, string> Settings => new(database!.Settings.Concat(ownSettings.Select(s => KeyValuePair.Create(s.Key, s.Value))), StringComparer.Ordinal);

    /// <summary>For a test that needs a host to itself.</summary>
    public static async Task<ApiFixture> Start(DatabaseServer server, params (string Key, string Value)[] settings)
    {
        var fixture = new ApiFixture(server) { ownSettings = settings };
        await fixture.InitializeAsync();
        return fixture;
    }

    public async ValueTask InitializeAsync()
    {
        database = await server.CreateDatabase();
        host = new ApiHost(Settings);
        _ = host.Server;
    }

    public async ValueTask DisposeAsync()
    {
        await host!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A new network with its umbrella's administrator.</summary>
    public async Task<Network> NewNetwork()
    {
        var slug = $"umbrella-{Interlocked.Increment(ref networks)}";
        var (umbrella, clientId, secret) = await NetworkFounding.FoundAsync(Host.Services, slug, "An umbrella", "en-GB", "Europe/London", "GBP");
        return new Network(this, slug, umbrella.Id, await Client(clientId, secret));
    }

    /// <summary>A new nonprofit in a new network.</summary>
    public async Task<Tenant> NewTenant(string timeZone = "Europe/London", string currency = "GBP") => await (await NewNetwork()).NewMember(timeZone, currency);

    public ApiClient Anonymous() => new(Host.CreateClient());

    /// <summary>A client that the administrator makes by a POST to the path.</summary>
    public async Task<ApiClient> NewClient(ApiClient admin, string path, object body)
    {
        var client = await admin.Post(path, body).Created();
        return await Client(client.Text("clientId"), client.Text("clientSecret"));
    }

    /// <summary>A client that has fetched its token.</summary>
    public async Task<ApiClient> Client(string clientId, string secret)
    {
        var client = new ApiClient(Host.CreateClient(), (clientId, secret));
        await client.Renew();
        return client;
    }

    /// <summary>The same caller at another host of the same database.</summary>
    public static ApiClient At(ApiHost other, ApiClient caller)
    {
        var http = other.CreateClient();
        http.DefaultRequestHeaders.Authorization = caller.Http.DefaultRequestHeaders.Authorization;
        return new ApiClient(http);
    }
}

/// <summary>A network under test.</summary>
public sealed record Network(ApiFixture Fixture, string Slug, Guid Id, ApiClient Admin)
{
    private static int members;

    public async Task<Tenant> NewMember(string timeZone = "Europe/London", string currency = "GBP")
    {
        var slug = $"member-{Interlocked.Increment(ref members)}";
        var member = await Admin.Post("/network/members", new { slug, name = $"Nonprofit {slug}", culture = "en-GB", timeZone, currency, adminEmail = "admin@member.example" }).Created();
        var tenant = new Tenant(Fixture, this, slug, member.Id());
        return tenant with { Admin = await tenant.ClientAs("tenant-admin", "coordinator", "finance") };
    }
}

/// <summary>A nonprofit under test; its administrator may do everything in it.</summary>
public sealed record Tenant(ApiFixture Fixture, Network Network, string Slug, Guid Id)
{
    public ApiClient Admin { get; init; } = null!;

    public Task<ApiClient> ClientAs(params string[] roles) =>
        Fixture.NewClient(Network.Admin, $"/network/members/{Id}/clients", new { name = string.Join('+', roles), roles });
}
