using Microsoft.AspNetCore.Builder;
using NetworkPlatform.Funding;
using NetworkPlatform.Identity;
using NetworkPlatform.Insights;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.PostgreSql;
using NetworkPlatform.Registry;
using NetworkPlatform.Rostering;
using NetworkPlatform.SqlServer;
using NetworkPlatform.Tenancy;

// The dotnet-ef tool starts this up to the point where the container is built, then takes the contexts out of it.
IModule[] modules = [new TenancyModule(), new IdentityModule(), new RegistryModule(), new RosteringModule(), new FundingModule(), new InsightsModule()];
var builder = WebApplication.CreateBuilder(args);
builder.AddNetworkPlatform(modules, [new PostgreSqlDatabase(), new SqlServerDatabase()]);
builder.Build();
