using System.Globalization;
using System.Net;

namespace NetworkPlatform.IntegrationTests.Funding;

public sealed class FundTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Money_comes_in_is_set_aside_and_spent_and_the_ledger_tells_it()
    {
        var tenant = await api.NewTenant();
        var group = await tenant.NewGroup();
        var fund = await NewFund(tenant, "1000.00");

        await tenant.Admin.Post($"/funds/{fund}/allocations", new { groupId = group, amount = "400.00" }).Created();
        await tenant.Admin.Post($"/funds/{fund}/expenses", new { groupId = group, amount = "150.25", description = "Room" }).Created();

        var figures = await tenant.Admin.Get($"/funds/{fund}").Ok();
        (figures.Text("balance"), figures.Text("allocated"), figures.Text("available")).ShouldBe(("849.75", "249.75", "600.00"));
        var entries = await tenant.Admin.All($"/funds/{fund}/ledger");
        entries.GroupBy(e => e.Text("transactionId"), StringComparer.Ordinal).ShouldAllBe(t => t.Sum(e => decimal.Parse(e.Text("amount"), CultureInfo.InvariantCulture)) == 0);
        (await api.Database.Scalar<long>(
            "SELECT count(*) FROM (SELECT 1 AS one FROM funding.ledger_entries GROUP BY tenant_id, transaction_id, currency HAVING sum(amount) <> 0) unbalanced")).ShouldBe(0);
    }

    [Fact]
    public async Task Twenty_expenses_compete_and_the_fund_is_never_overspent()
    {
        var tenant = await api.NewTenant();
        var fund = await NewFund(tenant, "101.50");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            tenant.Admin.Post($"/funds/{fund}/expenses", new { amount = "10.00", description = $"Expense {i}" }))));

        answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(10);
        foreach (var refused in answers.Where(a => a.Status != HttpStatusCode.Created))
        {
            refused.ShouldBeProblem(422, "fund-would-be-overspent");
        }

        (await tenant.Admin.Get($"/funds/{fund}").Ok()).Text("balance").ShouldBe("1.50");
    }

    [Fact]
    public async Task A_restriction_is_kept()
    {
        var tenant = await api.NewTenant();
        var (mine, other) = (await tenant.NewChapter(), await tenant.NewChapter());
        var (mineGroup, otherGroup) = (await tenant.NewGroup(mine), await tenant.NewGroup(other));
        var fund = await NewFund(tenant, "100.00", new { kind = "chapter", chapterId = mine });

        await tenant.Admin.Post($"/funds/{fund}/allocations", new { groupId = mineGroup, amount = "10.00" }).Created();
        await tenant.Admin.Post($"/funds/{fund}/allocations", new { groupId = otherGroup, amount = "10.00" }).Problem(422, "restriction-violated");
        await tenant.Admin.Post($"/funds/{fund}/expenses", new { groupId = otherGroup, amount = "10.00", description = "Room" }).Problem(422, "restriction-violated");
    }

    [Fact]
    public async Task Nothing_more_is_set_aside_for_a_group_that_has_closed()
    {
        var tenant = await api.NewTenant();
        var group = await tenant.NewGroup();
        var fund = await NewFund(tenant, "100.00");
        await tenant.Admin.Post($"/funds/{fund}/allocations", new { groupId = group, amount = "40.00" }).Created();
        await tenant.Admin.Post($"/groups/{group}/close").NoContent();

        await tenant.Admin.Post($"/funds/{fund}/allocations", new { groupId = group, amount = "10.00" }).Problem(409, "group-is-closed");

        await tenant.Admin.Post($"/funds/{fund}/expenses", new { groupId = group, amount = "15.00", description = "The last rent" }).Created();
        (await tenant.Admin.Get($"/funds/{fund}").Ok()).Text("allocated").ShouldBe("25.00");
    }

    [Theory]
    [InlineData("-1.00")]
    [InlineData("0")]
    [InlineData("1.00001")]
    [InlineData("a lot")]
    [InlineData("1e3")]
    [InlineData(null)]
    public async Task An_amount_that_is_none_is_refused_by_name(string? amount)
    {
        var tenant = await api.NewTenant();
        var fund = await NewFund(tenant, "10.00");

        (await tenant.Admin.Post($"/funds/{fund}/income", new { amount })).ShouldBeInvalid("amount");

        (await tenant.Admin.Get($"/funds/{fund}").Ok()).Text("balance").ShouldBe("10.00");
    }

    private static async Task<Guid> NewFund(Tenant tenant, string income, object? restriction = null)
    {
        var fund = (await tenant.Admin.Post("/funds", new { name = "A fund", currency = "GBP", restriction = restriction ?? new { kind = "unrestricted" } }).Created()).Id();
        await tenant.Admin.Post($"/funds/{fund}/income", new { amount = income }).Created();
        return fund;
    }
}
