using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Insights;

/// <summary>A report tells of one moment, whatever is recorded while it is put together.</summary>
public sealed class SnapshotTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly DateOnly LastMonth = new DateOnly(DateTime.UtcNow.Year, DateTime.UtcNow.Month, 1).AddMonths(-1);

    [Fact]
    public async Task Nobody_has_lapsed_who_was_not_there_yet()
    {
        var volunteers = (await WhileOthersAreRecorded("/insights/retention")).GetProperty("volunteers");

        (volunteers.Number("active") + volunteers.Number("lapsed"), volunteers.Number("lapsed")).ShouldBe((volunteers.Number("total"), 0));
    }

    [Fact]
    public async Task No_more_are_overloaded_than_there_are()
    {
        var month = (await WhileOthersAreRecorded("/insights/burnout")).GetProperty("months").EnumerateArray().Last();

        month.Number("overloaded").ShouldBeLessThanOrEqualTo(month.Number("volunteers"));
    }

    /// <summary>Five overloaded volunteers are recorded after the report's first look at attendance.</summary>
    private async Task<JsonElement> WhileOthersAreRecorded(string report)
    {
        DatabaseServer.OnPostgreSqlOnly("facts are added between two commands that the host sends.");
        var tenant = await api.NewTenant("Etc/UTC");
        var looks = 0;
        using var seen = new SentCommands(api.Database.Settings["Database:ConnectionString"], "insights.attendance_facts")
        {
            AfterEach = () =>
            {
                if (Interlocked.Increment(ref looks) == 1)
                {
                    Task.Run(() => Record(tenant)).GetAwaiter().GetResult();
                }
            },
        };

        var told = await tenant.Admin.Get(report).Ok();

        looks.ShouldBeGreaterThan(0);
        return told;
    }

    private Task Record(Tenant tenant) => api.Database.Execute(
        """
        INSERT INTO insights.attendance_facts (tenant_id, id, version, volunteer_id, started_at, local_month, minutes, is_attended, overload, is_overridden)
        SELECT $1, gen_random_uuid(), 1, gen_random_uuid(), $2, $3, 60, true, 'shift-length', false FROM generate_series(1, 5)
        """,
        tenant.Id, DateTimeOffset.UtcNow.AddDays(-1), LastMonth);
}
