using System.Net;

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
