using System.Net;
using System.Text;

namespace NetworkPlatform.IntegrationTests.Rostering.Volunteers;

/// <summary>Who becomes a member acts as the volunteer that they are, without anybody linking the two by hand.</summary>
public sealed class LinkMemberTests(MailedFixture mailed) : IClassFixture<MailedFixture>
{
    [Fact]
    public async Task Who_joins_by_the_address_of_a_volunteer_acts_as_that_volunteer()
    {
        var tenant = await mailed.Api.NewTenant();
        var email = NewAddress();
        var (volunteer, other) = (await tenant.NewVolunteer(email), await tenant.NewVolunteer());
        var shift = await tenant.NewShift(Roster.At(days: 3));

        var member = await Join(tenant, email.ToUpperInvariant());

        await Eventually.Get(() => member.Get($"/volunteers/{volunteer}"), answer => answer.Status == HttpStatusCode.OK);
        (await member.Post($"/shifts/{shift.Id}/signups", new { }).Created()).Text("status").ShouldBe("confirmed");
        (await tenant.Admin.All($"/volunteers/{volunteer}/signups")).ShouldHaveSingleItem().GetProperty("shiftId").GetGuid().ShouldBe(shift.Id);
        await member.Get($"/volunteers/{other}").Problem(404, "volunteer-not-found");
    }

    [Fact]
    public async Task A_volunteer_who_is_counted_in_one_tenant_alone_is_found_too_and_never_another_tenants()
    {
        var network = await mailed.Api.NewNetwork();
        var (tenant, neighbour) = (await network.NewMember(), await network.NewMember());
        var email = NewAddress();
        var here = (await tenant.Admin.Post("/volunteers", new { name = "Dana", email, languages = new[] { "en" }, networkConsent = false }).Created()).Id();
        var there = await neighbour.NewVolunteer(email);

        var member = await Join(tenant, email);

        await Eventually.Get(() => member.Get($"/volunteers/{here}"), answer => answer.Status == HttpStatusCode.OK);
        (await mailed.Api.Database.Scalar<long>("SELECT count(*) FROM rostering.volunteers WHERE id = $1 AND account_id IS NULL", there)).ShouldBe(1);
    }

    [Fact]
    public async Task The_volunteer_named_in_the_invitation_goes_before_the_one_of_the_address()
    {
        var tenant = await mailed.Api.NewTenant();
        var email = NewAddress();
        var (sameAddress, named) = (await tenant.NewVolunteer(email), await tenant.NewVolunteer());

        var member = await Join(tenant, email, named);

        await Eventually.Get(() => member.Get($"/volunteers/{named}"), answer => answer.Status == HttpStatusCode.OK);
        await member.Get($"/volunteers/{sameAddress}").Problem(404, "volunteer-not-found");
    }

    [Fact]
    public async Task A_link_that_is_there_stays()
    {
        var tenant = await mailed.Api.NewTenant();
        var email = NewAddress();
        var volunteer = await tenant.NewVolunteer(email);
        var holder = await tenant.AsThemselves(volunteer);

        var member = await Join(tenant, email);

        await mailed.Api.Database.EventsHaveLeft();
        await holder.Get($"/volunteers/{volunteer}").Ok();
        await member.Get($"/volunteers/{volunteer}").Problem(404, "volunteer-not-found");
    }

    [Fact]
    public async Task Who_is_a_member_before_they_are_registered_or_imported_acts_as_that_volunteer_too()
    {
        var tenant = await mailed.Api.NewTenant();
        var (one, two) = (NewAddress(), NewAddress());
        var (first, second) = (await Join(tenant, one), await Join(tenant, two));
        await mailed.Api.Database.EventsHaveLeft();

        var registered = await tenant.NewVolunteer(one.ToUpperInvariant());
        (await tenant.Admin.Post("/volunteers/import", new StringContent($"name,email\nNoa,{two}\n", Encoding.UTF8, "text/csv")).Ok()).Number("created").ShouldBe(1);

        await first.Get($"/volunteers/{registered}").Ok();
        var shift = await tenant.NewShift(Roster.At(days: 3));
        await first.Post($"/shifts/{shift.Id}/signups", new { }).Created();
        await second.Post($"/shifts/{shift.Id}/signups", new { }).Created();
    }

    [Fact]
    public async Task A_members_new_address_is_their_volunteers_too_and_what_counts_follows_it()
    {
        var network = await mailed.Api.NewNetwork();
        var (here, there) = (await network.NewMember(), await network.NewMember());
        var (old, wanted) = (NewAddress(), NewAddress());
        var (mine, theirs) = (await here.NewVolunteer(old), await there.NewVolunteer(old));
        await Join(here, old);
        var id = (await here.Admin.All("/members")).Single(m => m.Text("email") == old).GetProperty("personId").GetGuid();
        await there.SignUp(await there.NewShift(Roster.At(3), minutes: 60), theirs).Created();

        var browser = await new Somebody(here, id, old, People.Password).SignedIn();
        await browser.Submit("/account/email", new { email = wanted });
        (await browser.Submit((await mailed.LetterTo(wanted)).Link!, new { })).Text.ShouldContain("Your address is changed");

        (await Eventually.Get(() => here.Admin.Get($"/volunteers/{mine}").Ok(), v => v.Text("email") == wanted)).Text("email").ShouldBe(wanted);
        (await there.Admin.Get($"/volunteers/{theirs}").Ok()).Text("email").ShouldBe(old, "nobody there knows that they are the same person");
        await there.Admin.Send(HttpMethod.Put, $"/volunteers/{theirs}/email", new { email = wanted }).NoContent();
        await here.SignUp(await here.NewShift(Roster.At(3), minutes: 60), mine).Problem(409, "shift-overlap");
        await here.Admin.Send(HttpMethod.Put, $"/volunteers/{await here.NewVolunteer()}/email", new { email = wanted }).Problem(409, "email-of-another-volunteer");
        (await here.Admin.Send(HttpMethod.Put, $"/volunteers/{mine}/email", new { email = "nobody" })).ShouldBeInvalid("email");
    }

    private static string NewAddress() => $"dana-{Guid.NewGuid():N}@example.org";

    /// <summary>Invited as a volunteer, and joined with a password of their own.</summary>
    private async Task<ApiClient> Join(Tenant tenant, string email, Guid? volunteerId = null)
    {
        await tenant.Admin.Post("/members/invitations", new { email, roles = new[] { "volunteer" }, name = "Dana", volunteerId }).Created();
        var letter = await mailed.LetterTo(email);
        (await new Browser(mailed.Api, tenant.Slug).Submit(letter.Link!, new { name = "Dana Cohen", newPassword = People.Password })).ShouldLeadTo("/account/tenants");
        var id = (await tenant.Admin.All("/members")).Single(m => string.Equals(m.Text("email"), email, StringComparison.OrdinalIgnoreCase)).GetProperty("personId").GetGuid();
        return await new Somebody(tenant, id, email, People.Password).Api();
    }
}
