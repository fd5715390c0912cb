using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Tenancy;
using Spectre.Console;

namespace NetworkPlatform.Api.Demo;

/// <summary>
/// Loads the fictional network into an empty database: starts this very host on a free port under a clock that begins half a year back, and uses it over HTTP.
/// Writes <c>demo.json</c> (who can sign in) last of all, and beside it what to try next.
/// </summary>
[SuppressMessage("Reliability", "CA2000", Justification = "The HTTP clients live as long as this short process.")]
internal static class DemoCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal static void Prepare(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new DemoClock(TimeSpan.FromDays(7 * Weeks(builder.Configuration))));
        builder.Services.AddSingleton<TimeProvider>(services => services.GetRequiredService<DemoClock>());
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Messaging:Transport"] = "in-memory";
        foreach (var limit in (string[])["Address:PerSecond", "Address:Burst", "Tenant:PerSecond", "Tenant:Burst"])
        {
            builder.Configuration[$"RateLimits:{limit}"] = int.MaxValue.ToString(CultureInfo.InvariantCulture); // half a year in half a minute
        }

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
    }

    internal static async Task<int> RunAsync(WebApplication app, string? output, CancellationToken cancellationToken)
    {
        if (output is null)
        {
            await Console.Error.WriteLineAsync("Say where to write the demo's credentials: demo --output FILE");
            return 2;
        }

        var file = Path.GetFullPath(output);
        if (await app.Services.GetRequiredService<ITenantStore>().GetByIdentifierAsync(DemoNetwork.Slug, cancellationToken) is not null)
        {
            if (File.Exists(file))
            {
                await Console.Out.WriteLineAsync("The demo network is loaded.");
                return 0;
            }

            await Console.Error.WriteLineAsync("A demo network is there but was not loaded to its end, or its credentials are lost. Start again with infra/run.sh --reset.");
            return 1;
        }

        await app.StartAsync(cancellationToken);
        await AnsiConsole.Progress().AutoClear(false).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(progress => Load(app, file, progress));
        await app.StopAsync(cancellationToken);
        return 0;
    }

    private static async Task Load(WebApplication app, string file, ProgressContext progress)
    {
        var scopes = app.Services.GetRequiredService<TenantScopes>();
        var tenants = app.Services.GetRequiredService<ITenantStore>();
        var clock = app.Services.GetRequiredService<DemoClock>();
        var (_, networkClient, networkSecret) = await NetworkFounding.FoundAsync(
            app.Services, DemoNetwork.Slug, DemoNetwork.Name, "en-GB", "Europe/London", "GBP");
        var network = new DemoApi(Client(app), networkClient, networkSecret);
        await network.Authenticate();

        List<object> clients = [new { tenant = DemoNetwork.Slug, role = Roles.NetworkAdmin, clientId = networkClient, clientSecret = networkSecret }];
        List<(DemoTenant Plan, DemoLoad Load, string ClientId, string Secret)> loads = [];
        foreach (var plan in DemoNetwork.Tenants)
        {
            var member = (await network.Post("/network/members", new { plan.Slug, plan.Name, plan.Culture, plan.TimeZone, plan.Currency, adminEmail = $"admin@{plan.Slug}.example" }))
                .GetProperty("id").GetGuid();
            foreach (var role in (string[])[Roles.TenantAdmin, Roles.Coordinator, Roles.Finance, Roles.Viewer])
            {
                var client = await network.Post($"/network/members/{member}/clients", new { name = $"Demo {role}", roles = new[] { role } });
                var (clientId, secret) = (client.GetProperty("clientId").GetString()!, client.GetProperty("clientSecret").GetString()!);
                clients.Add(new { tenant = plan.Slug, role, clientId, clientSecret = secret });
                if (role == Roles.TenantAdmin)
                {
                    loads.Add((plan, new DemoLoad(plan, new DemoApi(Client(app), clientId, secret), (await tenants.GetAsync(member, default))!, scopes, clock), clientId, secret));
                }
            }
        }

        var history = Weeks(app.Configuration);
        var weeks = progress.AddTask($"Living through {history} weeks", maxValue: history + 2);
        foreach (var (_, load, _, _) in loads)
        {
            await load.SetUp();
        }

        weeks.Increment(1);
        for (var week = 0; week < history; week++)
        {
            foreach (var (_, load, _, _) in loads)
            {
                await load.SignUpForWeek(week);
            }

            clock.MoveOn(TimeSpan.FromDays(7));
            foreach (var (_, load, _, _) in loads)
            {
                await load.CloseWeek(week);
            }

            weeks.Increment(1);
        }

        foreach (var (_, load, _, _) in loads)
        {
            await load.LookAhead();
        }

        weeks.Increment(1);
        await Write(file, app.Configuration["Identity:Issuer"]!, clients, await RegisterPeople(app, loads.Select(l => l.Load)), loads);
    }

    /// <summary>Accounts for everybody: one administrator of the network, one person of each role in each nonprofit, and all volunteers; who is in two nonprofits signs in once.</summary>
    private static async Task<IReadOnlyList<object>> RegisterPeople(WebApplication app, IEnumerable<DemoLoad> loads)
    {
        List<(string Tenant, string Role, string Email, string Name, Guid? VolunteerId)> people = [(DemoNetwork.Slug, Roles.NetworkAdmin, $"{Roles.NetworkAdmin}@{DemoNetwork.Slug}.example", "Robin Network", null)];
        foreach (var (plan, load) in DemoNetwork.Tenants.Zip(loads))
        {
            people.AddRange(((string[])[Roles.TenantAdmin, Roles.Coordinator, Roles.Finance, Roles.Viewer]).Select(role => (plan.Slug, role, $"{role}@{plan.Slug}.example", $"Robin {role}", (Guid?)null)));
            people.AddRange(load.Volunteers.Select(v => (plan.Slug, Roles.Volunteer, v.Email, $"Volunteer {v.Email.Split('@')[0]}", (Guid?)v.Id)));
        }

        var passwords = people.Select(p => p.Email).Distinct(StringComparer.Ordinal).ToDictionary(email => email, _ => RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 16), StringComparer.Ordinal);
        foreach (var (tenant, role, email, name, volunteerId) in people)
        {
            await NetworkFounding.RegisterPersonAsync(app.Services, tenant, email, name, passwords[email], [role], volunteerId);
        }

        return [.. people.Select(p => new { tenant = p.Tenant, role = p.Role, email = p.Email, password = passwords[p.Email], volunteerId = p.VolunteerId })];
    }

    /// <summary>The credentials for their reader alone, and the three commands of the README with this network's own ids.</summary>
    private static async Task Write(
        string file, string baseUrl, IReadOnlyList<object> clients, IReadOnlyList<object> people, IReadOnlyList<(DemoTenant Plan, DemoLoad Load, string ClientId, string Secret)> loads)
    {
        var content = new
        {
            baseUrl,
            network = DemoNetwork.Slug,
            tenants = DemoNetwork.Tenants.Select(t => new { t.Slug, t.Name }),
            clients,
            people,
        };
        var (_, load, clientId, secret) = loads.First(l => l.Load.Refused is not null);
        var (shift, volunteer) = load.Refused!.Value;
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(file)!, "next-steps.txt"), $$"""
            Try it (more clients and volunteers are in {{Path.GetFileName(file)}}):
              TOKEN=$(curl -s {{baseUrl}}/connect/token -d grant_type=client_credentials -d client_id={{clientId}} -d client_secret={{secret}} | grep -oP '"access_token":"\K[^"]+')
              curl -s -H "Authorization: Bearer $TOKEN" "{{baseUrl}}/api/v1/shifts?status=uncovered&limit=3"
              curl -s -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -d '{"volunteerId":"{{volunteer}}"}' {{baseUrl}}/api/v1/shifts/{{shift}}/signups
            The last one is refused: it would leave the volunteer less than eleven hours of rest.
            Sign in as one of the people in {{Path.GetFileName(file)}}: {{baseUrl}}/account/sign-in?tenant={{DemoNetwork.Tenants[0].Slug}}

            """);
        var unfinished = file + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var stream = new FileStream(unfinished, options))
        {
            await JsonSerializer.SerializeAsync(stream, content, Json);
        }

        File.Move(unfinished, file, overwrite: true);
    }

    /// <summary>Half a year, unless <c>--weeks</c> says otherwise.</summary>
    private static int Weeks(IConfiguration configuration) => configuration.GetValue("weeks", DemoNetwork.WeeksOfHistory);

    private static HttpClient Client(WebApplication app) => new() { BaseAddress = new Uri(app.Urls.First()) };
}
