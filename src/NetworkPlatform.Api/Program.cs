using NetworkPlatform.Api;
using NetworkPlatform.Api.Demo;
using NetworkPlatform.Funding;
using NetworkPlatform.Identity;
using NetworkPlatform.Insights;
using NetworkPlatform.Platform.Auditing;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.PostgreSql;
using NetworkPlatform.Registry;
using NetworkPlatform.Rostering;
using NetworkPlatform.SqlServer;
using NetworkPlatform.Tenancy;

// Verbs: serve (default), migrate, move, erase, erasures, audit, demo.
var verb = args is [var first, ..] && !first.StartsWith('-') ? first : "serve";
IModule[] modules = [new TenancyModule(), new IdentityModule(), new RegistryModule(), new RosteringModule(), new FundingModule(), new InsightsModule()];

var builder = WebApplication.CreateBuilder(verb == "serve" ? args : [.. args.Skip(1).Where(a => a is not ("--verify" or "--replay"))]);
builder.Logging.ClearProviders().AddJsonConsole(console => console.IncludeScopes = true);
builder.Services.AddSingleton<IExternalScopeProvider, LogScopes>();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = 1024 * 1024; // whatever takes a file says so itself
});
if (verb == "demo")
{
    DemoCommand.Prepare(builder);
}

IDatabase[] databases = [new PostgreSqlDatabase(), new SqlServerDatabase(builder.Configuration.GetValue("Database:RowLevelSecurity", defaultValue: true))];
builder.AddNetworkPlatform(modules, databases);
await using var app = builder.Build();
app.UseNetworkPlatform(modules);
app.UseSwaggerUI(page =>
{
    page.RoutePrefix = "api";
    page.SwaggerEndpoint("/openapi/v1.json", "NetworkPlatform v1");
});

switch (verb)
{
    case "serve":
        await app.RunAsync();
        return 0;
    case "migrate":
        await Migrator.MigrateAsync(app.Services, Console.WriteLine, CancellationToken.None);
        return 0;
    case "move":
        await TenantVerbs.MoveAsync(app.Services, builder.Configuration["tenant"] ?? "", builder.Configuration["to"] ?? "", Console.WriteLine, CancellationToken.None);
        return 0;
    case "erase":
        await TenantVerbs.EraseAsync(app.Services, builder.Configuration["tenant"] ?? "", Console.WriteLine, CancellationToken.None);
        return 0;
    case "audit" when args.Contains("--verify", StringComparer.Ordinal):
        var breaks = await AuditVerification.VerifyAsync(app.Services, builder.Configuration["tenant"], builder.Configuration["head"], builder.Configuration["own-head"], Console.WriteLine, CancellationToken.None);
        return breaks.Count == 0 ? 0 : 1;
    case "erasures" when args.Contains("--replay", StringComparer.Ordinal):
        await ErasureReplay.RunAsync(app.Services, Console.WriteLine, CancellationToken.None);
        return 0;
    case "demo":
        return await DemoCommand.RunAsync(app, builder.Configuration["output"], CancellationToken.None);
    default:
        await Console.Error.WriteLineAsync($"Unknown verb '{verb}'. Use serve, migrate, move, erase, erasures --replay, audit --verify or demo.");
        return 2;
}
