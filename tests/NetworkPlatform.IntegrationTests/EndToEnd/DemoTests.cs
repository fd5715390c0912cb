using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NetworkPlatform.IntegrationTests.EndToEnd;

/// <summary>The fictional network that <c>infra/run.sh</c> loads.</summary>
public sealed class DemoTests(DatabaseServer server)
{
    [Fact]
    public async Task The_demo_is_what_it_promises_and_what_it_tells_to_try_is_refused_on_its_day_and_weeks_later()
    {
        DatabaseServer.OnPostgreSqlOnly("the host is a process of its own on it.");
        var database = await server.CreateDatabase();
        var folder = Directory.CreateTempSubdirectory("networkplatform-demo-");
        try
        {
            var file = Path.Combine(folder.FullName, "demo.json");
            var (exitCode, output) = await HostProcess.Run(database, "demo", "--output", file, "--weeks", "2"); // of half a year's
            exitCode.ShouldBe(0, output);

            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            await IsAsAgreed(JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement, database);

            var steps = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "next-steps.txt"));
            await LastStepIsRefused(steps, database, new TestClock());
            var weeksLater = new TestClock();
            weeksLater.Advance(TimeSpan.FromDays(20));
            await LastStepIsRefused(steps, database, weeksLater);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task IsAsAgreed(JsonElement demo, TestDatabase database)
    {
        Members(demo).ShouldBe(["baseUrl", "network", "tenants", "clients", "people"]);
        demo.Text("baseUrl").ShouldBe(ApiHost.Issuer);
        var (tenants, clients, people) = (Items("tenants"), Items("clients"), Items("people"));
        tenants.SelectMany(Members).Distinct(StringComparer.Ordinal).ShouldBe(["slug", "name"]);
        clients.SelectMany(Members).Distinct(StringComparer.Ordinal).ShouldBe(["tenant", "role", "clientId", "clientSecret"]);
        people.SelectMany(Members).Distinct(StringComparer.Ordinal).ShouldBe(["tenant", "role", "email", "password", "volunteerId"]);

        tenants.Count.ShouldBe(3);
        var slugs = tenants.Select(t => t.Text("slug")).ToList();
        string[] roles = ["tenant-admin", "coordinator", "finance", "viewer"];
        clients.Select(c => (c.Text("tenant"), c.Text("role"))).ShouldBe([(demo.Text("network"), "network-admin"), .. slugs.SelectMany(s => roles.Select(r => (s, r)))], ignoreOrder: true);
        people.Count(p => p.Text("role") == "volunteer").ShouldBe(40);
        people.Where(p => p.Text("role") == "volunteer").ShouldAllBe(p => p.GetProperty("volunteerId").GetGuid() != default && slugs.Contains(p.Text("tenant")));
        (await database.Scalar<long>("SELECT count(*) FROM rostering.volunteers")).ShouldBe(40);
        (await database.Scalar<long>("SELECT count(DISTINCT time_zone) FROM tenancy.chapters")).ShouldBeGreaterThanOrEqualTo(3);
        (await database.Scalar<long>("SELECT min(funds) FROM (SELECT count(*) AS funds FROM funding.funds GROUP BY tenant_id) each")).ShouldBe(2);
        (await database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages WHERE dead_at IS NOT NULL")).ShouldBe(0);

        List<JsonElement> Items(string name) => [.. demo.GetProperty(name).EnumerateArray()];

        static IEnumerable<string> Members(JsonElement json) => json.EnumerateObject().Select(p => p.Name);
    }

    /// <summary>Carries out the first and the third of the printed commands.</summary>
    private static async Task LastStepIsRefused(string steps, TestDatabase database, TestClock clock)
    {
        await using var host = new ApiHost(database.Settings, clock);
        using var http = host.CreateClient();
        var credentials = Regex.Match(steps, "-d client_id=(?<id>\\S+) -d client_secret=(?<secret>[^)\\s]+)\\)?", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await ApiClient.FetchToken(http, credentials["id"].Value, credentials["secret"].Value));
        var signUp = Regex.Match(steps, $"-d '(?<body>[^']+)' {ApiHost.Issuer}(?<path>/api/v1/shifts/\\S+/signups)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups;

        using var content = new StringContent(signUp["body"].Value, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(signUp["path"].Value, UriKind.Relative), content);

        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        ((int)answer.StatusCode).ShouldBe(422, problem.ToString());
        problem.Text("type").ShouldEndWith("/burnout-limit");
        problem.GetProperty("violations").EnumerateArray().ShouldContain(v => v.Text("rule") == "rest-between-shifts" && v.Text("severity") == "refuse");
    }
}
