using System.Reflection;
using System.Text.RegularExpressions;
using MassTransit;
using NetworkPlatform.Platform.Modules;

namespace NetworkPlatform.ArchitectureTests;

/// <summary>How a module looks from outside, and what its code may not do.</summary>
public sealed partial class ModuleTests
{
    public static TheoryData<string> Modules => [.. Solution.ModuleNames];

    [Theory]
    [MemberData(nameof(Modules))]
    public void Only_the_module_class_is_public(string module)
    {
        var exported = Assembly.Load($"NetworkPlatform.{module}").GetTypes().Where(t => t.IsPublic && !t.Name.StartsWith('<')).ToList();

        exported.ShouldHaveSingleItem();
        exported[0].IsAssignableTo(typeof(IModule)).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_module_tells_on_one_page_what_it_owns(string module)
    {
        var readme = Path.Combine(Solution.Source, "Modules", module, "README.md");

        File.Exists(readme).ShouldBeTrue(Solution.Relative(readme));
        File.ReadAllLines(readme).Length.ShouldBeLessThanOrEqualTo(70);
    }

    [Fact]
    public void Contracts_hold_events_and_one_query_interface()
    {
        foreach (var module in Solution.ModuleNames)
        {
            var types = Assembly.Load($"NetworkPlatform.{module}.Contracts").GetExportedTypes();
            var interfaces = types.Where(t => t.IsInterface).ToList();

            interfaces.Count.ShouldBeLessThanOrEqualTo(1, module);
            interfaces.ShouldAllBe(i => i.Name == $"I{module}Queries");
            types.Where(t => !t.IsInterface).ShouldAllBe(t => t.GetMethod("<Clone>$") != null, $"Contracts of {module} hold something that is not a record.");
        }
    }

    [Fact]
    public void A_consumer_is_named_after_its_event_and_only_sends_a_command()
    {
        foreach (var consumer in Solution.ModuleAssemblies.SelectMany(a => a.GetTypes()).Where(t => t.GetInterfaces().Any(IsConsumer)))
        {
            consumer.Name.ShouldBe("When" + consumer.GetInterfaces().Single(IsConsumer).GetGenericArguments()[0].Name);
            var code = File.ReadAllText(Solution.ModuleFiles().Single(f => Path.GetFileNameWithoutExtension(f) == consumer.Name && f.Contains($"/{consumer.Assembly.GetName().Name}/", StringComparison.Ordinal)));
            code.ShouldContain(".SendOrThrow(");
            code.Split('\n').Length.ShouldBeLessThanOrEqualTo(20, consumer.FullName);
        }

        static bool IsConsumer(Type i) => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConsumer<>);
    }

    [Fact]
    public void No_module_saves_looks_past_its_filters_or_reads_the_clock_by_itself()
    {
        var offences = Solution.ModuleFiles()
            .SelectMany(file => File.ReadLines(file).Select((line, index) => (file, line, index)))
            .Where(l => Forbidden().IsMatch(l.line) && !l.line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .Select(l => $"{Solution.Relative(l.file)}:{l.index + 1}: {l.line.Trim()}");

        offences.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_looks_past_filters_without_naming_them() =>
        Solution.FilesUnder(Solution.Source).Where(file => EveryFilter().IsMatch(File.ReadAllText(file))).Select(Solution.Relative).ShouldBeEmpty();

    [Fact]
    public void Nothing_has_a_name_that_says_nothing()
    {
        var offences = Solution.FilesUnder(Solution.Source)
            .SelectMany(file => TypeName().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value))
            .Where(name => EmptyName().IsMatch(name));

        offences.ShouldBeEmpty();
    }

    [GeneratedRegex(@"\.SaveChanges|IgnoreQueryFilters|BeginTransaction|DateTime(Offset)?\.(Utc)?Now|new HttpClient\(|Npgsql|SqlClient|FromSql|ExecuteSql", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"\.IgnoreQueryFilters(<\w+>)?\(\s*\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EveryFilter();

    [GeneratedRegex(@"\b(class|record|interface|struct|enum)\s+(?<name>[A-Z]\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypeName();

    [GeneratedRegex("(Manager|Helper|Util|Utils|Service|Base|Dto|Impl|Common)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmptyName();
}
