using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Modules;

namespace NetworkPlatform.ArchitectureTests;

/// <summary>What the host refuses to do, and what a newcomer is promised.</summary>
public sealed partial class GuardTests
{
    [Fact]
    public void The_host_does_not_start_with_an_endpoint_that_says_neither_permission_nor_reason()
    {
        var app = WebApplication.CreateBuilder().Build();
        app.MapGet("/guarded", () => "yes").RequirePermission(new Permission("a.thing.read", Roles.Viewer));
        app.MapGet("/open", () => "yes").AllowAnonymous("because the test says so");
        var endpoints = ((IEndpointRouteBuilder)app).DataSources;
        EndpointAccess.EnsureEveryEndpointIsGuarded(endpoints.SelectMany(s => s.Endpoints));

        app.MapGet("/forgotten", () => "no");

        Should.Throw<InvalidOperationException>(() => EndpointAccess.EnsureEveryEndpointIsGuarded(endpoints.SelectMany(s => s.Endpoints)))
            .Message.ShouldContain("/forgotten");
    }

    [Fact]
    public async Task A_host_whose_modules_forget_it_for_one_endpoint_is_not_put_together()
    {
        await using var whole = Solution.BuildHost();
        whole.UseNetworkPlatform(Solution.Modules);
        await using var host = Solution.BuildHost();

        Should.Throw<InvalidOperationException>(() => host.UseNetworkPlatform([.. Solution.Modules, new Forgetful()])).Message.ShouldContain("/api/v1/forgotten");
    }

    [Fact]
    public void Every_permission_is_named_after_its_module_and_granted_to_known_roles()
    {
        var permissions = Solution.ModuleAssemblies.SelectMany(a => a.GetTypes()).SelectMany(t => t.GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic))
            .Where(f => f.FieldType == typeof(Permission)).Select(f => (Module: f.DeclaringType!.Assembly.GetName().Name!.Split('.')[1], Permission: (Permission)f.GetValue(null)!)).ToList();

        permissions.ShouldNotBeEmpty();
        permissions.ShouldAllBe(p => p.Permission.Name.StartsWith(p.Module + ".", StringComparison.OrdinalIgnoreCase));
        permissions.ShouldAllBe(p => p.Permission.GrantedTo.Count > 0 && p.Permission.GrantedTo.All(r => Roles.All.Contains(r, StringComparer.Ordinal)));
        permissions.DistinctBy(p => p.Permission.Name, StringComparer.Ordinal).Count().ShouldBe(permissions.Count);
    }

    [Fact]
    public void A_sign_up_is_followed_through_nine_files_and_450_lines_at_most()
    {
        var files = TraceRow().Matches(File.ReadAllText(Path.Combine(Solution.Root, "docs", "architecture.md"))).Select(m => Path.Combine(Solution.Root, m.Groups["file"].Value)).ToList();

        files.Count.ShouldBeInRange(5, 9);
        files.Sum(f => File.ReadLines(f).Count()).ShouldBeLessThanOrEqualTo(450);
    }

    private sealed class Forgetful : IModule
    {
        public void AddServices(ModuleBuilder module)
        {
        }

        public void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapGet("/forgotten", () => "no");
    }

    [GeneratedRegex(@"^\| `(?<file>src/[^`]+\.cs)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TraceRow();
}
