using System.Net;
using NetworkPlatform.IntegrationTests.Rostering.Notifications;

namespace NetworkPlatform.IntegrationTests.Rostering.Volunteers;

/// <summary>Who is no longer a member is no longer on the rota.</summary>
public sealed class LeaveRotaTests(MailedApi mailed) : IClassFixture<MailedApi>
{
    [Fact]
    public async Task Whoever_is_removed_gives_their_places_back_and_their_series_take_none_any_more()
    {
        var tenant = await mailed.Api.NewTenant();
        var (volunteer, waiting) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var (person, coordinator) = (await Linked(tenant, volunteer), $"coordinator-{Guid.NewGuid():N}@example.org");
        await tenant.Admin.Send(HttpMethod.Put, "/coordinator-addresses", new { addresses = new[] { new { email = coordinator } } }).NoContent();
        var me = await person.Api();
        var series = await tenant.NewShift(Roster.At(4), minutes: 60);
        await me.Post($"/shifts/{series.Id}/standing-signups", new { }).Created();
        var full = await tenant.NewShift(Roster.At(6), minutes: 60, places: 1);
        await tenant.SignUp(full, volunteer).Created();
        var next = (await tenant.SignUp(full, waiting).Created()).Id();
        await tenant.SignUp(await tenant.NewShift(ShiftTermsTests.JustNow().AddHours(2), minutes: 60), volunteer).Created();
        var swapped = (await tenant.SignUp(await tenant.NewShift(Roster.At(8), minutes: 60), volunteer).Created()).Id();
        await tenant.Admin.Post($"/signups/{swapped}/swaps", new { toVolunteerId = waiting }).Created();
        var feed = (await me.Send(HttpMethod.Put, $"/volunteers/{volunteer}/calendar-feed").Ok()).Text("url")[$"{ApiHost.Issuer}/api/v1".Length..];

        await tenant.Admin.Delete($"/members/{(await tenant.MembershipOf(person)).Id()}").NoContent();

        await Eventually.Get(() => SignUpLifeTests.StatusOf(tenant, next), status => status == "offered");
        (await tenant.Admin.All($"/volunteers/{volunteer}/signups")).Select(s => s.Text("status")).ShouldBe(["cancelled", "cancelled", "cancelled", "cancelled"]);
        (await tenant.Admin.All("/swaps")).ShouldHaveSingleItem().Text("status").ShouldBe("withdrawn");
        (await tenant.Admin.All("/standing-signups")).ShouldBeEmpty();
        (await mailed.Api.Anonymous().Get(feed)).ShouldBeProblem(404, "calendar-feed-not-found");
        await mailed.Mail(coordinator, "Cancelled late: ");
        var later = await tenant.NewShift(Roster.At(11), minutes: 60, groupId: series.GroupId);
        (await tenant.Admin.Get($"/shifts/{later.Id}").Ok()).Number("taken").ShouldBe(0);
        await tenant.Admin.Get($"/volunteers/{volunteer}").Ok();
    }

    [Fact]
    public async Task So_does_who_leaves_by_themselves_and_nobody_elses_places_go()
    {
        var tenant = await mailed.Api.NewTenant();
        var (leaving, staying) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var browser = await (await Linked(tenant, leaving)).SignedIn();
        await Linked(tenant, staying);
        var shift = await tenant.NewShift(Roster.At(3));
        var (gone, kept) = ((await tenant.SignUp(shift, leaving).Created()).Id(), (await tenant.SignUp(shift, staying).Created()).Id());

        (await browser.Submit(await browser.Get("/account/tenants"), new { }, "handler=leave")).Status.ShouldBe(HttpStatusCode.SeeOther);

        await Eventually.Get(() => SignUpLifeTests.StatusOf(tenant, gone), status => status == "cancelled");
        (await SignUpLifeTests.StatusOf(tenant, kept)).ShouldBe("confirmed");
    }

    [Fact]
    public async Task So_does_whose_time_is_over_unless_it_was_prolonged()
    {
        var tenant = await mailed.Api.NewTenant();
        var (ending, going) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var (first, second) = (await Linked(tenant, ending), await Linked(tenant, going));
        var shift = await tenant.NewShift(Roster.At(3));
        var (gone, kept) = ((await tenant.SignUp(shift, ending).Created()).Id(), (await tenant.SignUp(shift, going).Created()).Id());
        var until = DateTimeOffset.UtcNow.AddSeconds(3);
        await HoldUntil(second, until);
        await HoldUntil(second, until.AddYears(1));
        await HoldUntil(first, until);

        await Eventually.Get(() => SignUpLifeTests.StatusOf(tenant, gone), status => status == "cancelled");
        await mailed.Api.Database.EventsHaveLeft();
        (await SignUpLifeTests.StatusOf(tenant, kept)).ShouldBe("confirmed");

        async Task HoldUntil(Somebody person, DateTimeOffset validUntil)
        {
            var path = $"/members/{(await tenant.MembershipOf(person)).Id()}";
            await tenant.Admin.Send(HttpMethod.Put, $"{path}/roles", new { roles = new[] { "volunteer" }, validUntil }, ("If-Match", (await tenant.Admin.Get(path)).ETag!)).NoContent();
        }
    }

    [Fact]
    public async Task What_is_under_way_stays_theirs_and_can_be_recorded()
    {
        var tenant = await mailed.Api.NewTenant();
        var (volunteer, waiting) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var (person, next) = (await Linked(tenant, volunteer), await Linked(tenant, waiting));
        var running = await tenant.NewShift(ShiftTermsTests.JustNow(), minutes: 60, places: 1);
        var (held, wait) = ((await tenant.SignUp(running, volunteer).Created()).Id(), (await tenant.SignUp(running, waiting).Created()).Id());

        foreach (var leaving in (Somebody[])[person, next])
        {
            await tenant.Admin.Delete($"/members/{(await tenant.MembershipOf(leaving)).Id()}").NoContent();
        }

        await mailed.Api.Database.EventsHaveLeft();
        (await SignUpLifeTests.StatusOf(tenant, held), await SignUpLifeTests.StatusOf(tenant, wait)).ShouldBe(("confirmed", "cancelled"));
        await tenant.Admin.Post($"/signups/{held}/attendance", new { outcome = "attended", minutes = 50 }).Ok();
    }

    [Fact]
    public async Task What_was_critical_here_keeps_who_has_left_from_nothing_elsewhere()
    {
        var network = await mailed.Api.NewNetwork();
        var (here, there) = (await network.NewMember(), await network.NewMember());
        var email = $"volunteer-{Guid.NewGuid():N}@example.org";
        var (volunteer, elsewhere) = (await here.NewVolunteer(email), await there.NewVolunteer(email));
        var person = await Linked(here, volunteer);
        var held = (await here.SignUp(await here.NewShift(ShiftTermsTests.JustNow(), minutes: 60), volunteer).Created()).Id();
        await here.Admin.Post($"/signups/{held}/attendance", new { outcome = "attended", minutes = 50, critical = true }).Ok();
        var next = await there.NewShift(Roster.At(4), minutes: 60);
        (await there.SignUp(next, elsewhere).Problem(422, "burnout-limit")).GetProperty("violations").EnumerateArray().Select(v => v.Text("rule")).ShouldBe(["debrief"]);

        await here.Admin.Delete($"/members/{(await here.MembershipOf(person)).Id()}").NoContent();
        await mailed.Api.Database.EventsHaveLeft();

        (await there.SignUp(next, elsewhere).Created()).GetProperty("warnings").EnumerateArray().ShouldContain(w => w.Text("rule") == "debrief");
        await here.Admin.Post($"/signups/{held}/debrief").Ok();
    }

    private static async Task<Somebody> Linked(Tenant tenant, Guid volunteer)
    {
        var person = await tenant.NewPerson();
        await tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{volunteer}/account", new { accountId = person.Id }).NoContent();
        return person;
    }
}
