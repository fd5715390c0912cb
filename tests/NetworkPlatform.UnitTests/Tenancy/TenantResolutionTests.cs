using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.UnitTests.Tenancy;

/// <summary>How a request's tenant is found. The numbers are those of docs/tenancy-behaviours.md.</summary>
public sealed class TenantResolutionTests
{
    private static readonly TenantInfo Harbour = Tenant("harbour");

    private readonly TenantResolutionOptions options = new();
    private readonly TenantContext resolved = new();
    private readonly DefaultHttpContext request = new();
    private bool reachedTheEndpoint;

    [Fact]
    public async Task R01_strategies_are_asked_by_priority_and_in_registration_order_where_it_is_the_same()
    {
        List<string> asked = [];
        options.OnStrategyResolveCompleted = completed => Note(asked, ((FakeStrategy)completed.Strategy).Name);

        await Resolve(new FakeStrategy("low", 1), new FakeStrategy("first of two", 2), new FakeStrategy("second of two", 2), new FakeStrategy("high", 3));

        asked.ShouldBe(["high", "first of two", "second of two", "low"]);
    }

    [Fact]
    public async Task R02_the_first_strategy_that_names_a_tenant_decides_and_no_other_is_asked()
    {
        var never = new FakeStrategy("never", 1, "elsewhere");

        await Resolve(never, new FakeStrategy("decides", 2, "harbour"));

        resolved.Tenant.ShouldBe(Harbour);
        never.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task R02_a_name_that_is_nobodys_is_404_and_no_other_strategy_is_asked()
    {
        var never = new FakeStrategy("never", 1, "harbour");

        await Resolve(never, new FakeStrategy("decides", 2, "nobody"));

        request.Response.StatusCode.ShouldBe(404);
        never.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task R04_an_ignored_identifier_is_passed_over_for_the_next_strategy()
    {
        options.IgnoredIdentifiers.Add("www");

        await Resolve(new FakeStrategy("host", 2, "WWW"), new FakeStrategy("header", 1, "harbour"));

        resolved.Tenant.ShouldBe(Harbour);
    }

    [Fact]
    public async Task R05_an_event_after_each_strategy_may_replace_the_identifier_or_take_it_away()
    {
        options.OnStrategyResolveCompleted = completed =>
        {
            completed.Identifier = completed.Identifier == "old-name" ? "harbour" : null;
            return Task.CompletedTask;
        };

        await Resolve(new FakeStrategy("taken away", 2, "nobody"), new FakeStrategy("replaced", 1, "old-name"));

        resolved.Tenant.ShouldBe(Harbour);
    }

    [Fact]
    public async Task R06_an_event_after_the_store_may_replace_the_tenant()
    {
        var other = Tenant("other");
        options.OnStoreResolveCompleted = completed =>
        {
            completed.Identifier.ShouldBe("harbour");
            completed.Tenant.ShouldBe(Harbour);
            completed.Tenant = other;
            return Task.CompletedTask;
        };

        await Resolve(new FakeStrategy("header", 1, "harbour"));

        resolved.Tenant.ShouldBe(other);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nobody")]
    [InlineData("harbour")]
    public async Task R07_an_event_at_the_end_comes_with_a_tenant_or_without(string? identifier)
    {
        List<string> ended = [];
        options.OnTenantResolveCompleted = completed => Note(ended, completed.Tenant?.Identifier ?? "none");

        await Resolve(new FakeStrategy("header", 1, identifier));

        ended.ShouldBe([identifier == "harbour" ? "harbour" : "none"]);
    }

    [Fact]
    public async Task R07_the_event_at_the_end_may_replace_the_tenant()
    {
        options.OnTenantResolveCompleted = completed =>
        {
            completed.Tenant = Harbour;
            return Task.CompletedTask;
        };

        await Resolve(new FakeStrategy("silent", 1));

        resolved.Tenant.ShouldBe(Harbour);
    }

    [Fact]
    public async Task R08_a_strategy_that_fails_is_503_and_never_no_tenant()
    {
        await Resolve(new FakeStrategy("fails", 1, failure: new InvalidOperationException("no keys")));

        request.Response.StatusCode.ShouldBe(503);
        reachedTheEndpoint.ShouldBeFalse();
    }

    [Fact]
    public async Task R08_a_store_that_fails_is_503_and_never_no_tenant()
    {
        await Resolve(new FakeStrategy("header", 1, "the store fails"));

        request.Response.StatusCode.ShouldBe(503);
        reachedTheEndpoint.ShouldBeFalse();
    }

    [Fact]
    public async Task R09_an_unresolved_context_is_there_and_says_so_and_throws_a_typed_exception_when_asked_for_a_tenant()
    {
        await Resolve(new FakeStrategy("silent", 1));

        resolved.IsResolved.ShouldBeFalse();
        Should.Throw<TenantNotResolvedException>(() => resolved.Tenant);
    }

    [Theory]
    [InlineData("__tenant__", "", null)]
    [InlineData("__tenant__", "harbour", "harbour")]
    [InlineData("__tenant__", "harbour.org", "harbour.org")]
    [InlineData("__tenant__.example.org", "harbour.example.org", "harbour")]
    [InlineData("__tenant__.example.org", "HARBOUR.Example.Org", "HARBOUR")]
    [InlineData("__tenant__.example.org", "a.harbour.example.org", null)]
    [InlineData("__tenant__.example.org", "example.org", null)]
    [InlineData("__tenant__.example.org", "harbour.example.org.evil.net", null)]
    [InlineData("__tenant__.example.org", "harbour.exampleXorg", null)]
    [InlineData("__tenant__-cool.org", "harbour-cool.org", "harbour")]
    [InlineData("__tenant__.*", "harbour", "harbour")]
    [InlineData("__tenant__.*", "harbour.any.number", "harbour")]
    [InlineData("?.__tenant__.?", "www.harbour.org", "harbour")]
    [InlineData("?.__tenant__.?", "harbour.org", null)]
    [InlineData("?.__tenant__.*", "www.harbour", "harbour")]
    [InlineData("?.__tenant__.?.*", "www.harbour.a.b", "harbour")]
    [InlineData("*.__tenant__.?.?", "harbour.co.uk", "harbour")]
    [InlineData("*.?.__tenant__.?.?", "www.harbour.co.uk", "harbour")]
    public async Task R14_a_host_template_points_at_the_tenants_part(string template, string host, string? expected) =>
        (await AskHost(template, new HostString(host))).ShouldBe(expected);

    [Fact]
    public async Task R14_a_hosts_port_is_ignored() => (await AskHost("__tenant__.example.org", new HostString("harbour.example.org", 5080))).ShouldBe("harbour");

    [Theory]
    [InlineData("*.__tenant__.*")]
    [InlineData("*a.__tenant__")]
    [InlineData("a*.__tenant__")]
    [InlineData("**.__tenant__")]
    [InlineData("__tenant__.-?")]
    [InlineData("__tenant__.?-")]
    [InlineData("__tenant__.__tenant__")]
    [InlineData("example.org")]
    [InlineData(" ")]
    public void R14_a_bad_template_throws(string template) =>
        Should.Throw<InvalidOperationException>(() => AskHost(template, new HostString("harbour"))).Message.ShouldContain("Tenancy:HostTemplate");

    [Fact]
    public async Task R12_a_route_value_names_the_tenant()
    {
        (await new RouteStrategy().GetIdentifierAsync(request)).ShouldBeNull();
        request.Request.RouteValues["__tenant__"] = "harbour";

        (await new RouteStrategy().GetIdentifierAsync(request)).ShouldBe("harbour");
    }

    [Fact]
    public async Task R15_of_several_headers_the_first_counts()
    {
        (await new HeaderStrategy().GetIdentifierAsync(request)).ShouldBeNull();
        request.Request.Headers["X-Tenant"] = new(["harbour", "other"]);

        (await new HeaderStrategy().GetIdentifierAsync(request)).ShouldBe("harbour");
    }

    [Theory]
    [InlineData(false, 200)]
    [InlineData(true, 404)]
    public async Task R37_a_request_without_a_tenant_goes_on_to_be_refused_by_a_permission_and_is_404_where_there_is_none(bool anybodyMayCall, int status)
    {
        request.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(anybodyMayCall ? [new PublicMetadata("a test")] : []), "endpoint"));

        await Resolve(new FakeStrategy("silent", 1));

        request.Response.StatusCode.ShouldBe(status);
        reachedTheEndpoint.ShouldBe(!anybodyMayCall);
    }

    [Fact]
    public async Task R38_an_endpoint_without_a_tenant_has_none_resolved()
    {
        request.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new WithoutTenantMetadata()), "endpoint"));
        var never = new FakeStrategy("never", 1, "the store fails");

        await Resolve(never);

        reachedTheEndpoint.ShouldBeTrue();
        never.Asked.ShouldBe(0);
    }

    [Fact]
    public void R39_a_scope_never_changes_its_tenant()
    {
        resolved.Resolve(Harbour);
        resolved.Resolve(Harbour);

        Should.Throw<InvalidOperationException>(() => resolved.Resolve(Tenant("other")));
        resolved.Tenant.ShouldBe(Harbour);
    }

    private static TenantInfo Tenant(string identifier)
    {
        var id = Guid.NewGuid();
        return new TenantInfo(id, identifier, identifier, id, IsSuspended: false, "en-GB", "Etc/UTC", "GBP");
    }

    private static Task Note(List<string> notes, string note)
    {
        notes.Add(note);
        return Task.CompletedTask;
    }

    private Task<string?> AskHost(string template, HostString host)
    {
        request.Request.Host = host;
        return new HostStrategy(Options.Create(new TenantResolutionOptions { HostTemplate = template })).GetIdentifierAsync(request).AsTask();
    }

    private Task Resolve(params ITenantStrategy[] strategies)
    {
        var resolution = new TenantResolution(
            _ =>
            {
                reachedTheEndpoint = true;
                return Task.CompletedTask;
            },
            strategies, new FakeStore(), Options.Create(options), NullLogger<TenantResolution>.Instance);
        return resolution.InvokeAsync(request, resolved);
    }

    private sealed class FakeStrategy(string name, int priority, string? identifier = null, Exception? failure = null) : ITenantStrategy
    {
        public string Name => name;

        public int Asked { get; private set; }

        public int Priority => priority;

        public ValueTask<string?> GetIdentifierAsync(HttpContext context)
        {
            Asked++;
            return failure is null ? ValueTask.FromResult(identifier) : ValueTask.FromException<string?>(failure);
        }
    }

    private sealed class FakeStore : ITenantStore
    {
        public ValueTask<TenantInfo?> GetByIdentifierAsync(string identifier, CancellationToken cancellationToken) => identifier switch
        {
            "harbour" => ValueTask.FromResult<TenantInfo?>(Harbour),
            "the store fails" => ValueTask.FromException<TenantInfo?>(new TimeoutException()),
            _ => ValueTask.FromResult<TenantInfo?>(null),
        };

        public ValueTask<TenantInfo?> GetAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<TenantInfo>> GetAllAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<TenantInfo>> GetNetworkAsync(Guid networkId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<TenantDatabase>> GetDatabasesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public TimeSpan BelievedFor => throw new NotSupportedException();

        public void Doubt() => throw new NotSupportedException();
    }
}
