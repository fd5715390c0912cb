using System.Xml.Linq;

namespace NetworkPlatform.ArchitectureTests;

/// <summary>Who may know whom, read from the project files.</summary>
public sealed class ArrowTests
{
    public static TheoryData<string> Modules => [.. Solution.ModuleNames];

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_module_knows_the_platform_and_contracts_only(string module)
    {
        var project = Path.Combine(Solution.Source, "Modules", module, $"NetworkPlatform.{module}", $"NetworkPlatform.{module}.csproj");

        var others = Solution.References(project).Where(r => r != "NetworkPlatform.Platform" && !r.EndsWith(".Contracts", StringComparison.Ordinal));

        others.ShouldBeEmpty();
        Solution.References(project).Contains($"NetworkPlatform.{module}.Contracts", StringComparer.Ordinal).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void Contracts_know_nobody(string module)
    {
        var project = XDocument.Load(Path.Combine(Solution.Source, "Modules", module, $"NetworkPlatform.{module}.Contracts", $"NetworkPlatform.{module}.Contracts.csproj"));

        project.Descendants("ProjectReference").ShouldBeEmpty();
        project.Descendants("PackageReference").ShouldBeEmpty();
    }

    [Fact]
    public void The_platform_knows_nobody() =>
        Solution.References(Path.Combine(Solution.Source, "NetworkPlatform.Platform", "NetworkPlatform.Platform.csproj")).ShouldBeEmpty();

    [Fact]
    public void Only_the_host_knows_every_module_and_nobody_knows_the_host()
    {
        foreach (var project in Directory.EnumerateFiles(Solution.Source, "*.csproj", SearchOption.AllDirectories))
        {
            Solution.References(project).Contains("NetworkPlatform.Api", StringComparer.Ordinal).ShouldBeFalse(Solution.Relative(project));
        }
    }

    [Fact]
    public void Database_providers_are_named_by_the_database_projects_only()
    {
        string[] providers = ["Npgsql", "Microsoft.Data.SqlClient", "Microsoft.EntityFrameworkCore.SqlServer"];
        var outside = Directory.EnumerateFiles(Solution.Source, "*.csproj", SearchOption.AllDirectories)
            .Where(p => !p.Contains("/Databases/", StringComparison.Ordinal))
            .Where(p => XDocument.Load(p).Descendants("PackageReference").Any(r => providers.Any(provider => r.Attribute("Include")!.Value.StartsWith(provider, StringComparison.Ordinal))));

        outside.ShouldBeEmpty();
    }
}
