using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetworkPlatform.Platform.Tenancy;
using NetworkPlatform.Tenancy;
using NetworkPlatform.Tenancy.Chapters;

namespace NetworkPlatform.IntegrationTests.Tenancy;

/// <summary>What users of tenant libraries trip over, tried through a module's own context against the real database.</summary>
public sealed class TenantTrapTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task R41_a_token_of_one_tenant_is_refused_on_the_others_host()
    {
        var (one, two) = (await api.NewTenant(), await api.NewTenant());

        (await one.Admin.Send(HttpMethod.Get, "/tenant", null, ("Host", $"{two.Slug}.np.example:8080"))).ShouldBeProblem(403, "tenant-not-yours");
    }

    [Fact]
    public async Task R14_a_host_with_a_bad_template_does_not_start()
    {
        await using var host = new ApiHost(new Dictionary<string, string>(api.Settings, StringComparer.Ordinal) { ["Tenancy:HostTemplate"] = "np.example" });

        Should.Throw<InvalidOperationException>(() => host.Server).Message.ShouldContain("Tenancy:HostTemplate");
    }

    [Fact]
    public async Task R04_an_ignored_host_leaves_the_tenant_to_the_token()
    {
        var tenant = await api.NewTenant();
        await using var host = new ApiHost(new Dictionary<string, string>(api.Settings, StringComparer.Ordinal) { ["Tenancy:IgnoredIdentifiers:0"] = "www" });

        (await ApiFixture.At(host, tenant.Admin).Send(HttpMethod.Get, "/tenant", null, ("Host", "WWW.np.example"))).ShouldBe(System.Net.HttpStatusCode.OK).Text("slug").ShouldBe(tenant.Slug);
        (await tenant.Admin.Send(HttpMethod.Get, "/tenant", null, ("Host", "www.np.example"))).ShouldBeProblem(404, "tenant-not-found");
    }

    [Fact]
    public async Task R10_a_scopes_tenant_reaches_what_it_calls_and_not_its_caller()
    {
        var (one, two) = (await Known(), await Known());
        await using var caller = api.Host.Services.CreateAsyncScope();

        var slugs = await RunAs(one, async services => (
            Inner: await services.GetRequiredService<TenantScopes>().RunAs(two, inner => Task.FromResult(inner.GetRequiredService<TenantContext>().Tenant.Identifier)),
            Own: services.GetRequiredService<TenantContext>().Tenant.Identifier));

        slugs.ShouldBe((two.Identifier, one.Identifier));
        caller.ServiceProvider.GetRequiredService<TenantContext>().IsResolved.ShouldBeFalse();
    }

    [Fact]
    public async Task R09_a_query_without_a_tenant_throws_rather_than_find_nothing()
    {
        await using var scope = api.Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TenancyDbContext>();

        await Should.ThrowAsync<TenantNotResolvedException>(() => db.Chapters.ToListAsync());
        Should.Throw<TenantNotResolvedException>(() => db.Add(NewChapter()));
    }

    [Fact]
    public async Task R55_a_pooled_context_is_bound_anew_on_every_lease()
    {
        var (one, two) = (await api.NewTenant(), await api.NewTenant());
        var chapters = new Dictionary<Guid, Guid> { [one.Id] = await one.NewChapter(), [two.Id] = await two.NewChapter() };
        HashSet<TenancyDbContext> instances = new(ReferenceEqualityComparer.Instance);
        const int Leases = 60; // more than the pool holds by now, since each is given back before the next

        for (var lease = 0; lease < Leases; lease++)
        {
            var tenant = lease % 2 == 0 ? one : two;
            await RunAs(await Known(tenant), async services =>
            {
                var db = services.GetRequiredService<TenancyDbContext>();
                instances.Add(db);
                db.ChangeTracker.Entries().ShouldBeEmpty();
                (await db.Read(() => db.Chapters.ToListAsync(), default)).ShouldHaveSingleItem().Id.ShouldBe(chapters[tenant.Id]);
                return true;
            });
        }

        instances.Count.ShouldBeLessThan(Leases, "no context was leased twice, so this has shown nothing");
    }

    [Fact]
    public async Task All_who_ask_at_once_wait_for_one_look_whether_tenants_have_changed()
    {
        DatabaseServer.OnPostgreSqlOnly("a table is locked");
        var tenant = await api.NewTenant();
        var store = api.Host.Services.GetRequiredService<ITenantStore>();
        await using var other = await api.Database.Open(api.Database.Superuser);
        await using var transaction = await other.BeginTransactionAsync();
        await TestDatabase.Execute(other, "LOCK TABLE tenancy.tenant_changes");
        using var looks = new SentCommands(api.Database.Settings["Database:ConnectionString"], "FROM tenancy.tenant_changes");

        store.Doubt();
        var asked = Enumerable.Range(0, 20).Select(_ => store.GetAsync(tenant.Id, CancellationToken.None).AsTask()).ToList();
        await Eventually.Get(() => api.Database.WaitingForLock("relation"), waiting => waiting > 0);
        await transaction.CommitAsync();

        (await Task.WhenAll(asked)).ShouldAllBe(t => t!.Id == tenant.Id);
        looks.Take().ShouldBeLessThanOrEqualTo(2, "one, and one that was under way before");
    }

    [Fact]
    public async Task R47_ignoring_another_filter_keeps_the_tenants()
    {
        var (one, two) = (await api.NewTenant(), await api.NewTenant());
        await two.NewChapter();

        var seen = await InTransaction(one, db => db.Chapters.IgnoreQueryFilters(["another"]).CountAsync());

        seen.ShouldBe(0);
    }

    [Fact]
    public async Task R47_even_without_any_filter_the_database_shows_the_bound_tenant_only()
    {
        var (one, two) = (await api.NewTenant(), await api.NewTenant());
        await two.NewChapter();

        var seen = await InTransaction(one, db => db.Chapters.IgnoreQueryFilters().CountAsync());

        seen.ShouldBe(0);
    }

    [Theory]
    [InlineData(EntityState.Modified)]
    [InlineData(EntityState.Deleted)]
    public async Task R51_saving_a_stub_with_a_foreign_id_and_my_tenant_affects_no_row(EntityState state)
    {
        var (mine, other) = (await api.NewTenant(), await api.NewTenant());
        var foreign = await other.NewChapter();

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => InTransaction(mine, async db =>
        {
            var stub = db.Entry(NewChapter());
            stub.Property(c => c.Id).CurrentValue = foreign;
            stub.State = state;
            stub.Entity.TenantId.ShouldBe(mine.Id);
            return await db.SaveChangesAsync();
        }));

        await Untouched(other, foreign);
    }

    [Theory]
    [InlineData(EntityState.Added)]
    [InlineData(EntityState.Modified)]
    [InlineData(EntityState.Deleted)]
    public async Task R50_saving_what_says_that_it_is_anothers_throws(EntityState state)
    {
        var (mine, other) = (await api.NewTenant(), await api.NewTenant());
        var foreign = await other.NewChapter();

        await Should.ThrowAsync<TenantMismatchException>(() => InTransaction(mine, async db =>
        {
            var stub = db.Entry(NewChapter());
            stub.Property(c => c.Id).CurrentValue = foreign;
            stub.Property(c => c.TenantId).CurrentValue = other.Id;
            stub.State = state;
            return await db.SaveChangesAsync();
        }));

        await Untouched(other, foreign);
    }

    [Fact]
    public async Task R51_updating_and_deleting_by_query_affect_no_row_of_another_tenant()
    {
        var (mine, other) = (await api.NewTenant(), await api.NewTenant());
        var foreign = await other.NewChapter();

        (await InTransaction(mine, db => db.Chapters.Where(c => c.Id == foreign).ExecuteUpdateAsync(set => set.SetProperty(c => c.Name, "Taken")))).ShouldBe(0);
        (await InTransaction(mine, db => db.Chapters.Where(c => c.Id == foreign).ExecuteDeleteAsync())).ShouldBe(0);
        (await InTransaction(mine, db => db.Chapters.IgnoreQueryFilters().Where(c => c.Id == foreign).ExecuteUpdateAsync(set => set.SetProperty(c => c.Name, "Taken")))).ShouldBe(0);
        (await InTransaction(mine, db => db.Chapters.IgnoreQueryFilters().Where(c => c.Id == foreign).ExecuteDeleteAsync())).ShouldBe(0);

        await Untouched(other, foreign);
    }

    [Fact]
    public async Task R53_a_stub_is_stamped_with_the_current_tenant_when_it_is_attached()
    {
        var mine = await api.NewTenant();

        (await InTransaction(mine, db => Task.FromResult(db.Attach(NewChapter()).Entity.TenantId))).ShouldBe(mine.Id);
    }

    [Fact]
    public async Task R20_nobody_is_found_by_an_unknown_id_or_identifier()
    {
        var store = api.Host.Services.GetRequiredService<ITenantStore>();

        (await store.GetAsync(Guid.NewGuid(), default)).ShouldBeNull();
        (await store.GetByIdentifierAsync("nobody", default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_job_is_told_of_the_tenants_that_are_there_and_which_are_suspended_now()
    {
        var (active, suspended) = (await api.NewTenant(), await api.NewTenant());
        await suspended.Network.Admin.Post($"/network/members/{suspended.Id}/suspend").NoContent();

        var tenants = await api.Host.Services.GetRequiredService<ITenantStore>().GetAllAsync(default);

        tenants.Single(t => t.Id == active.Id).IsSuspended.ShouldBeFalse();
        tenants.Single(t => t.Id == suspended.Id).IsSuspended.ShouldBeTrue();
    }

    [Fact]
    public async Task A_message_of_a_tenant_that_is_not_there_is_not_consumed()
    {
        var body = Roster.ScheduledEvent(Guid.NewGuid());
        var nobody = Guid.NewGuid();
        var message = await api.Database.Scalar<Guid>(
            "INSERT INTO platform.outbox_messages (id, tenant_id, type, body, at, due_at, attempts) VALUES (gen_random_uuid(), $1, 'NetworkPlatform.Registry.Contracts.SessionScheduled', $2, now(), now(), 0) RETURNING id",
            nobody, body);

        await Eventually.Get(
            () => api.Database.Scalar<string>("SELECT coalesce(last_error, '') FROM platform.outbox_messages WHERE id = $1", message), error => error.Contains("tenant does not exist", StringComparison.Ordinal));

        (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.shifts WHERE tenant_id = $1", nobody)).ShouldBe(0);
    }

    private static Chapter NewChapter() => new() { Name = "A stub", Slug = $"stub-{Guid.NewGuid():N}", TimeZone = "Etc/UTC" };

    private async Task Untouched(Tenant owner, Guid chapter)
    {
        (await owner.Admin.Get($"/chapters/{chapter}").Ok()).Text("name").ShouldBe("A chapter");
        (await api.Database.Scalar<Guid>("SELECT tenant_id FROM tenancy.chapters WHERE id = $1", chapter)).ShouldBe(owner.Id);
    }

    private Task<T> RunAs<T>(TenantInfo tenant, Func<IServiceProvider, Task<T>> work) => api.Host.Services.GetRequiredService<TenantScopes>().RunAs(tenant, work);

    private async Task<TenantInfo> Known(Tenant? tenant = null) =>
        (await api.Host.Services.GetRequiredService<ITenantStore>().GetAsync((tenant ?? await api.NewTenant()).Id, default)).ShouldNotBeNull();

    private async Task<T> InTransaction<T>(Tenant tenant, Func<TenancyDbContext, Task<T>> work) => await RunAs(await Known(tenant), services =>
    {
        var db = services.GetRequiredService<TenancyDbContext>();
        return db.Read(() => work(db), default);
    });
}
