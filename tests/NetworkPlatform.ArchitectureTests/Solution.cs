using System.Reflection;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NetworkPlatform.Platform.Modules;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.PostgreSql;
using NetworkPlatform.SqlServer;

namespace NetworkPlatform.ArchitectureTests;

/// <summary>What the tests look at, discovered from folders and assemblies so that a new module is covered without being named here.</summary>
internal static class Solution
{
    internal static string Root { get; } = FindRoot();

    internal static string Source { get; } = Path.Combine(Root, "src");

    internal static IReadOnlyList<string> ModuleNames { get; } =
        [.. Directory.GetDirectories(Path.Combine(Source, "Modules")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    internal static IReadOnlyList<Assembly> ModuleAssemblies { get; } = [.. ModuleNames.Select(name => Assembly.Load($"NetworkPlatform.{name}"))];

    internal static IReadOnlyList<IDatabase> Databases { get; } = [new PostgreSqlDatabase(), new SqlServerDatabase()];

    internal static IReadOnlyList<IModule> Modules { get; } =
        [.. ModuleAssemblies.SelectMany(a => a.GetExportedTypes()).Where(t => t.IsAssignableTo(typeof(IModule))).Select(t => (IModule)Activator.CreateInstance(t)!)];

    internal static WebApplication Host { get; } = BuildHost();

    internal static IReadOnlyList<ModuleContext> Contexts { get; } = [.. Host.Services.GetServices<ModuleContext>()];

    internal static ModuleDbContext Open(ModuleContext context, IDatabase database) => context.Create(
        database, database is PostgreSqlDatabase ? "Host=nowhere;Username=app" : "Server=nowhere;User Id=app;Password=none;Encrypt=false");

    internal static IEnumerable<string> FilesUnder(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/Migrations/", StringComparison.Ordinal));

    internal static IEnumerable<string> ModuleFiles() => ModuleNames.SelectMany(name => FilesUnder(Path.Combine(Source, "Modules", name, $"NetworkPlatform.{name}")));

    /// <summary>Names of the projects that a project refers to.</summary>
    internal static IReadOnlyList<string> References(string project) =>
        [.. XDocument.Load(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))];

    internal static string Relative(string file) => Path.GetRelativePath(Root, file);

    internal static WebApplication BuildHost()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Database:ConnectionString"] = "Host=nowhere";
        builder.Configuration["Database:RelayConnectionString"] = "Host=nowhere";
        builder.Configuration["Identity:Issuer"] = "http://127.0.0.1";
        builder.Configuration["Identity:KeyEncryptionKey"] = Convert.ToBase64String(new byte[32]);
        builder.AddNetworkPlatform(Modules, Databases);
        return builder.Build();
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
