using System.Globalization;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Registry;

public sealed class MoveSessionTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_move_to_the_time_that_it_has_ends_nothing_that_is_about_that_time()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At(3), places: 1);
        var signUp = await tenant.SignUp(shift, await tenant.NewVolunteer()).Created();
        var swap = await tenant.Admin.Post($"/signups/{signUp.Id()}/swaps", new { }).Created();

        (await Move(tenant, shift, Roster.At(3))).ShouldBe(Roster.At(3));

        await api.Database.EventsHaveLeft();
        (await tenant.Admin.All("/swaps?status=pending")).ShouldHaveSingleItem().Id().ShouldBe(swap.Id());
    }

    [Fact]
    public async Task A_move_to_the_time_that_it_has_hides_no_later_move()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Roster.At(3));

        foreach (var startsAt in (DateTimeOffset[])[Roster.At(3), Roster.At(3, hours: 2), Roster.At(4), Roster.At(3)])
        {
            await Move(tenant, shift, startsAt);
            await api.Database.EventsHaveLeft();
            (await tenant.Admin.Get($"/shifts/{shift.Id}").Ok()).GetProperty("startsAt").GetDateTimeOffset().ShouldBe(startsAt);

            await Move(tenant, shift, startsAt);
            await api.Database.EventsHaveLeft();
        }
    }

    [Fact]
    public async Task A_session_of_a_closed_group_is_not_put_off_to_a_time_to_come()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Rostering.ShiftTermsTests.JustNow());
        await tenant.Admin.Post($"/groups/{shift.GroupId}/close").NoContent();

        (await tenant.Admin.Post($"/sessions/{shift.SessionId}/move", TimeOf(Roster.At(7)))).ShouldBeProblem(409, "group-is-closed");

        // When it really was may still be told.
        await Move(tenant, shift, Roster.At(-3));
    }

    [Fact]
    public async Task How_many_took_part_is_shown_to_who_may_record_it_alone()
    {
        var tenant = await api.NewTenant();
        var shift = await tenant.NewShift(Rostering.ShiftTermsTests.JustNow());
        await tenant.Admin.Post($"/sessions/{shift.SessionId}/attendance", new { participants = 3 }).NoContent();

        (await Participants(tenant.Admin)).GetInt32().ShouldBe(3);
        foreach (var other in new[] { await (await tenant.NewPerson("volunteer")).Api(), await tenant.ClientAs("viewer"), await tenant.ClientAs("finance") })
        {
            (await Participants(other)).ValueKind.ShouldBe(JsonValueKind.Null);
        }

        async Task<JsonElement> Participants(ApiClient caller) => (await caller.All($"/groups/{shift.GroupId}/sessions")).ShouldHaveSingleItem().GetProperty("participants");
    }

    internal static object TimeOf(DateTimeOffset startsAt) => new
    {
        startsOn = startsAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        startTime = startsAt.ToString("HH:mm", CultureInfo.InvariantCulture),
    };

    private static async Task<DateTimeOffset> Move(Tenant tenant, OpenedShift shift, DateTimeOffset to) =>
        (await tenant.Admin.Post($"/sessions/{shift.SessionId}/move", TimeOf(to)).Ok()).GetProperty("startsAt").GetDateTimeOffset();
}
