using System.Text.RegularExpressions;
using NetworkPlatform.Platform.Pipeline;

namespace NetworkPlatform.ArchitectureTests;

/// <summary>One use case, one page, always in the same order.</summary>
public sealed partial class SliceTests
{
    private const int OnePage = 150;

    public static TheoryData<string> Slices => [.. Requests().Select(r => r.DeclaringType!.FullName!).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_request_is_nested_in_the_slice_that_it_belongs_to() =>
        Requests().Where(r => r.DeclaringType is not { IsAbstract: true, IsSealed: true }).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Slices))]
    public void A_slice_is_one_documented_page_in_the_usual_order(string slice)
    {
        var name = slice.Split('.')[^1];
        var module = slice.Split('.')[1];
        var files = Solution.ModuleFiles().Where(f => f.Contains($"/NetworkPlatform.{module}/", StringComparison.Ordinal)).ToList();
        var file = files.SingleOrDefault(f => Path.GetFileNameWithoutExtension(f) == name).ShouldNotBeNull($"{slice} has no file of its own.");
        var code = File.ReadAllText(file);

        code.Split('\n').Length.ShouldBeLessThanOrEqualTo(OnePage, Solution.Relative(file));
        Regex.IsMatch(code, $@"/// <summary>[^\n]*(\n///[^\n]*)*\ninternal static class {name}\b", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeTrue($"{name} has no summary.");
        var order = Part().Matches(code).Select(m => m.Value.Trim()).Select(Rank).ToList();
        order.SequenceEqual(order.Order()).ShouldBeTrue($"{name}: request, response, validator, handler, map");
        code.ShouldContain("class Handler");
    }

    [Fact]
    public void Every_endpoint_module_lists_the_slices_that_map_one()
    {
        foreach (var module in Solution.ModuleNames)
        {
            var contents = File.ReadAllText(Path.Combine(Solution.Source, "Modules", module, $"NetworkPlatform.{module}", $"{module}Module.cs"));
            var mapped = Solution.ModuleFiles()
                .Where(f => f.Contains($"/NetworkPlatform.{module}/", StringComparison.Ordinal) && File.ReadAllText(f).Contains("static void Map(IEndpointRouteBuilder", StringComparison.Ordinal))
                .Select(f => Path.GetFileNameWithoutExtension(f));
            foreach (var slice in mapped)
            {
                contents.ShouldContain($"{slice}.Map(routes);", Case.Sensitive, $"{slice} is not in {module}'s table of contents.");
            }
        }
    }

    private static IEnumerable<Type> Requests() => Solution.ModuleAssemblies.SelectMany(a => a.GetTypes())
        .Where(t => t is { IsAbstract: false } && (t.IsAssignableTo(typeof(ICommand)) || t.IsAssignableTo(typeof(IQuery))));

    private static int Rank(string part) => part switch
    {
        _ when part.EndsWith("Command", StringComparison.Ordinal) || part.EndsWith("Query", StringComparison.Ordinal) => 0,
        _ when part.EndsWith("Response", StringComparison.Ordinal) => 1,
        _ when part.EndsWith("Validator", StringComparison.Ordinal) => 2,
        _ when part.EndsWith("Handler", StringComparison.Ordinal) => 3,
        _ => 4,
    };

    [GeneratedRegex(@"record (Command|Query)\b|record Response\b|class Validator\b|class Handler\b|static void Map\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
