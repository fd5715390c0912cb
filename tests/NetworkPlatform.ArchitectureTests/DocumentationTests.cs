using System.Xml.Linq;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.ArchitectureTests;

/// <summary>What a stranger reads first is explained.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void The_platform_and_the_contracts_explain_their_public_types()
    {
        var assemblies = Solution.ModuleNames.Select(m => System.Reflection.Assembly.Load($"NetworkPlatform.{m}.Contracts")).Append(typeof(Entity).Assembly);
        foreach (var assembly in assemblies)
        {
            var documented = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
                .Where(m => m.Element("summary") is not null).Select(m => m.Attribute("name")!.Value).ToHashSet(StringComparer.Ordinal);

            // An error is a fact named after itself, with its sentence beside it; an extension class is explained at its methods.
            var silent = assembly.GetExportedTypes()
                .Where(t => !t.IsNested && !t.IsAssignableTo(typeof(Error)) && !(t.IsAbstract && t.IsSealed))
                .Where(t => !documented.Contains("T:" + t.FullName));

            silent.ShouldBeEmpty();
        }
    }
}
