using NetworkPlatform.Api;
using NetworkPlatform.IntegrationTests.Rostering;

namespace NetworkPlatform.IntegrationTests.Identity;

/// <summary>Two accounts of one person become one, and nobody may do more than before.</summary>
public sealed class MergeTests(MailedFixture mailed) : IClassFixture<MailedFixture>
{
    [Fact]
    public async Task Two_accounts_become_one_once_both_addresses_agree_and_no_right_is_wider()
    {
        var network = await mailed.Api.NewNetwork();
        var (shared, onlyAbsorbed, onlyKept) = (await network.NewMember(), await network.NewMember(), await network.NewMember());
        var kept = await onlyKept.NewPerson("finance");
        var absorbed = await onlyAbsorbed.NewPerson("tenant-admin");
        await Join(shared, kept, "viewer");
        await Join(shared, absorbed, "tenant-admin");
        await shared.NewPerson("tenant-admin");
        var people = await network.Admin.All("/network/people");
        people.Single(p => p.Id() == kept.Id).Number("tenants").ShouldBe(2);

        await network.Admin.Post("/network/people/merge", new { keptId = kept.Id, absorbedId = absorbed.Id }).Accepted();
        await Agree(shared, absorbed.Email);
        await mailed.Api.Database.EventsHaveLeft();
        (await onlyAbsorbed.Admin.All("/members")).ShouldHaveSingleItem().GetProperty("personId").GetGuid().ShouldBe(absorbed.Id, "one alone decides nothing");
        await Agree(shared, kept.Email);

        await Eventually.Get(() => network.Admin.All("/network/people"), all => all.Single(p => p.Id() == absorbed.Id).GetProperty("disabledAt").ValueKind != System.Text.Json.JsonValueKind.Null);
        var moved = (await onlyAbsorbed.Admin.All("/members")).ShouldHaveSingleItem();
        (moved.GetProperty("personId").GetGuid(), moved.GetProperty("roles")[0].GetString()).ShouldBe((kept.Id, "tenant-admin"));
        var common = await shared.Admin.All("/members");
        common.ShouldNotContain(m => m.GetProperty("personId").GetGuid() == absorbed.Id);
        common.Single(m => m.GetProperty("personId").GetGuid() == kept.Id).GetProperty("roles").EnumerateArray().Select(r => r.GetString()).ShouldBe(["viewer"], "the absorbed account's tenant-admin does not become the kept one's");
        (await onlyKept.Admin.All("/members")).ShouldHaveSingleItem().GetProperty("roles")[0].GetString().ShouldBe("finance");
        (await new Browser(mailed.Api, shared.Slug).SignIn(absorbed.Email, absorbed.Password)).ShouldRefuse("is wrong");
        (await new Browser(mailed.Api, shared.Slug).SignIn(kept.Email, kept.Password)).ShouldLeadTo("/account");
    }

    [Fact]
    public async Task Only_the_networks_administrator_asks_and_only_for_people_of_the_network()
    {
        var (tenant, elsewhere) = (await mailed.Api.NewTenant(), await mailed.Api.NewTenant());
        var (person, stranger) = (await tenant.NewPerson(), await elsewhere.NewPerson());

        await tenant.Admin.Post("/network/people/merge", new { keptId = person.Id, absorbedId = person.Id }).Problem(403, "permission-missing");
        (await tenant.Network.Admin.Post("/network/people/merge", new { keptId = person.Id, absorbedId = person.Id })).ShouldBeInvalid("absorbedId");
        await tenant.Network.Admin.Post("/network/people/merge", new { keptId = person.Id, absorbedId = stranger.Id }).Problem(404, "person-not-found");
        (await tenant.Network.Admin.All("/network/people")).ShouldAllBe(p => p.Id() != stranger.Id);
        (await tenant.Network.Admin.Get("/network/people?email=%00")).ShouldBeInvalid("email");
        (await new Browser(mailed.Api, tenant.Slug).Get("/account/merge?token=nonsense")).ShouldRefuse("not valid any more");
    }

    [Fact]
    public async Task The_volunteer_of_the_absorbed_account_is_the_kept_ones_unless_that_has_one()
    {
        var network = await mailed.Api.NewNetwork();
        var (shared, onlyAbsorbed, onlyKept) = (await network.NewMember(), await network.NewMember(), await network.NewMember());
        var (kept, absorbed) = (await onlyKept.NewPerson(), await onlyAbsorbed.NewPerson());
        await Join(shared, kept, "volunteer");
        await Join(shared, absorbed, "volunteer");
        var (alone, keptOnes, absorbedOnes) = (await Volunteer(onlyAbsorbed, absorbed), await Volunteer(shared, kept), await Volunteer(shared, absorbed));
        var place = (await onlyAbsorbed.SignUp(await onlyAbsorbed.NewShift(Roster.At()), alone).Created()).Id();
        var other = await shared.NewShift(Roster.At(4));
        var given = (await shared.SignUp(other, absorbedOnes).Created()).Id();
        await shared.Admin.Post($"/shifts/{(await shared.NewShift(Roster.At(6))).Id}/standing-signups", new { volunteerId = absorbedOnes }).Created();
        var checkIn = (await (await absorbed.Api()).Post($"/volunteers/{alone}/check-ins", Rostering.Wellbeing.CheckInTests.Who5(3)).Created()).Id();
        await Merge(network, shared, kept, absorbed);
        var (there, here) = (await (kept with { Tenant = onlyAbsorbed }).Api(), await (kept with { Tenant = shared }).Api());

        await Eventually.Get(() => there.Get($"/volunteers/{alone}"), answer => answer.Status == System.Net.HttpStatusCode.OK);
        await mailed.Api.Database.EventsHaveLeft();
        await here.Get($"/volunteers/{keptOnes}").Ok();
        await here.Get($"/volunteers/{absorbedOnes}").Problem(404, "volunteer-not-found");

        // Nobody is signed in as the absorbed one's any more, nor will leave as it.
        (await SignUpLifeTests.StatusOf(shared, given)).ShouldBe("cancelled");
        (await shared.Admin.All("/standing-signups")).ShouldBeEmpty();

        // What they have said and taken on as the absorbed one is theirs still.
        (await onlyAbsorbed.Admin.Get($"/signups/{place}").Ok()).Text("status").ShouldBe("confirmed");
        (await there.All($"/volunteers/{alone}/check-ins")).ShouldHaveSingleItem().GetProperty("scores")[0].GetProperty("score").GetDecimal().ShouldBe(60);
        (await onlyAbsorbed.Admin.All($"/audit?record={checkIn}")).ShouldBeEmpty();
        await there.Delete($"/volunteers/{alone}/check-ins").NoContent();
        (await mailed.Api.Database.Scalar<long>("SELECT count(*) FROM rostering.check_ins WHERE id = $1", checkIn)).ShouldBe(0);

        static async Task<Guid> Volunteer(Tenant tenant, Somebody person)
        {
            var id = await tenant.NewVolunteer();
            await tenant.Admin.Send(HttpMethod.Put, $"/volunteers/{id}/account", new { accountId = person.Id }).NoContent();
            return id;
        }
    }

    [Fact]
    public async Task Who_was_erased_in_a_tenant_and_comes_to_it_by_a_merge_goes_from_it_once_they_leave_everywhere()
    {
        var network = await mailed.Api.NewNetwork();
        var (shared, onlyKept) = (await network.NewMember(), await network.NewMember());
        var absorbed = await shared.NewPerson();
        var kept = await onlyKept.NewPerson();
        await NetworkFounding.RegisterPersonAsync(mailed.Api.Host.Services, shared.Slug, kept.Email, "Noa Levi", kept.Password, ["viewer"]);
        var erasure = await shared.Admin.Post($"/members/{kept.Id}/erasure").Created();
        await shared.Admin.Post($"/erasures/{erasure.Id()}/confirm").NoContent();
        await mailed.Api.Database.EventsHaveLeft();
        await Merge(network, shared, kept, absorbed);
        var volunteer = await shared.NewVolunteer(kept.Email);
        var me = await kept.Api();

        await me.Delete($"/me?erasure={(await me.Post("/me/erasure").Created()).Id()}").NoContent();

        await Eventually.Get(() => mailed.Api.Database.Scalar<string>("SELECT email FROM identity.people WHERE id = $1", kept.Id), email => email.Length == 0);
        (await shared.Admin.All("/members")).ShouldBeEmpty();
        await Eventually.Get(() => shared.Admin.Get($"/volunteers/{volunteer}"), answer => answer.Status == System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_somebody_let_programs_do_before_they_left_a_tenant_stays_ended_when_a_merge_brings_them_back()
    {
        var network = await mailed.Api.NewNetwork();
        var shared = await network.NewMember();
        var absorbed = await shared.NewPerson("viewer");
        var kept = await shared.NewPerson("viewer");
        var app = await RelyingParty.New(shared);
        var tokens = await app.SignIn(kept);
        await shared.Admin.Delete($"/members/{(await shared.MembershipOf(kept)).Id()}").NoContent();

        await Merge(network, shared, kept, absorbed);

        (await shared.MembershipOf(kept)).GetProperty("roles")[0].GetString().ShouldBe("viewer");
        await app.Token(("grant_type", "refresh_token"), ("refresh_token", tokens.Text("refresh_token"))).ShouldBeRefused("invalid_grant");
        (await mailed.Api.TryToken(tokens.Text("access_token"))).ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        (await mailed.Api.TryToken((await app.SignIn(kept)).Text("access_token"))).ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task Accounts_do_not_become_one_where_nobody_would_administer_a_tenant_any_more()
    {
        var network = await mailed.Api.NewNetwork();
        var shared = await network.NewMember();
        var (kept, absorbed) = (await shared.NewPerson("volunteer"), await shared.NewPerson("tenant-admin"));
        await network.Admin.Post("/network/people/merge", new { keptId = kept.Id, absorbedId = absorbed.Id }).Accepted();
        await Agree(shared, absorbed.Email);

        (await Answer(shared, await LinkTo(kept.Email))).ShouldRefuse("the only administrator");

        (await shared.Admin.All("/members")).Count.ShouldBe(2);
        await shared.NewPerson("tenant-admin");
        await Agree(shared, kept.Email);
        await Eventually.Get(() => network.Admin.All("/network/people"), all => all.Single(p => p.Id() == absorbed.Id).GetProperty("disabledAt").ValueKind != System.Text.Json.JsonValueKind.Null);
        (await shared.MembershipOf(kept)).GetProperty("roles")[0].GetString().ShouldBe("volunteer");
    }

    [Fact]
    public async Task Two_merges_crosswise_leave_one_account()
    {
        var network = await mailed.Api.NewNetwork();
        var shared = await network.NewMember();
        var (one, two) = (await shared.NewPerson("viewer"), await shared.NewPerson("viewer"));
        await network.Admin.Post("/network/people/merge", new { keptId = one.Id, absorbedId = two.Id }).Accepted();
        await network.Admin.Post("/network/people/merge", new { keptId = two.Id, absorbedId = one.Id }).Accepted();
        List<string> links = [];
        foreach (var email in (string[])[one.Email, two.Email])
        {
            var mails = await Eventually.Get(() => Task.FromResult(mailed.Mail.To(email)), all => all.Count(m => m.Text("text").Contains("/account/merge", StringComparison.Ordinal)) == 2);
            links.AddRange(mails.Select(m => m.Text("text")).Where(t => t.Contains("/account/merge", StringComparison.Ordinal)).Select(LinkIn));
        }

        foreach (var link in links)
        {
            await Answer(shared, link);
        }

        await mailed.Api.Database.EventsHaveLeft();
        (await mailed.Api.Database.Scalar<long>("SELECT count(*) FROM identity.people WHERE id IN ($1, $2) AND disabled_at IS NULL", one.Id, two.Id)).ShouldBe(1);
        (await shared.Admin.All("/members")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_a_tenant_that_the_absorbed_account_had_left_holds_is_told_held_for_it_and_erased_as_the_kept_ones()
    {
        var network = await mailed.Api.NewNetwork();
        var (home, left) = (await network.NewMember(), await network.NewMember());
        var (kept, absorbed) = (await home.NewPerson(), await left.NewPerson());
        var volunteer = await left.NewVolunteer();
        await left.Admin.Send(HttpMethod.Put, $"/volunteers/{volunteer}/account", new { accountId = absorbed.Id }).NoContent();
        await left.Admin.Delete($"/members/{(await left.MembershipOf(absorbed)).Id()}").NoContent();
        var byAddress = await left.NewVolunteer(absorbed.Email);
        await Merge(network, home, kept, absorbed);
        var me = await kept.Api();

        (await me.Get("/me/export").Ok()).GetProperty("tenants").EnumerateArray().Single(t => t.Text("tenant") == left.Slug)
            .GetProperty("modules").GetProperty("rostering").GetProperty("volunteer").EnumerateArray().Select(v => v.Id()).ShouldBe([volunteer, byAddress], ignoreOrder: true);
        await left.Admin.Get($"/members/{kept.Id}/export").Problem(404, "subject-not-found");
        var hold = await left.Admin.Post("/legal-holds", new { subjectId = absorbed.Id, reason = "case 2026-11" }).Created();
        (await me.Post("/me/erasure")).ShouldBeProblem(409, "legal-hold-stands");
        await left.Admin.Delete($"/legal-holds/{hold.Id()}").NoContent();
        await me.Delete($"/me?erasure={(await me.Post("/me/erasure").Created()).Id()}").NoContent();

        foreach (var gone in (Guid[])[volunteer, byAddress])
        {
            await Eventually.Get(() => left.Admin.Get($"/volunteers/{gone}"), answer => answer.Status == System.Net.HttpStatusCode.NotFound);
        }

        await Eventually.Get(() => mailed.Api.Database.Scalar<long>("SELECT count(*) FROM identity.people WHERE id IN ($1, $2) AND email = ''", kept.Id, absorbed.Id), emptied => emptied == 2);
    }

    [Fact]
    public async Task A_tenant_is_not_told_of_the_account_that_its_member_had_elsewhere_and_both_go_with_the_last()
    {
        var network = await mailed.Api.NewNetwork();
        var (home, elsewhere) = (await network.NewMember(), await network.NewMember());
        var (kept, absorbed) = (await home.NewPerson(), await elsewhere.NewPerson());
        await Merge(network, home, kept, absorbed);

        var export = await home.Admin.Get($"/members/{kept.Id}/export").Ok();

        export.GetProperty("tenants")[0].GetProperty("modules").GetProperty("identity").GetProperty("person").GetArrayLength().ShouldBe(1);
        export.GetRawText().ShouldNotContain(absorbed.Email);
        (await (await kept.Api()).Get("/me/export").Ok()).GetRawText().ShouldContain(absorbed.Email, Case.Sensitive, "it is theirs");
        foreach (var tenant in (Tenant[])[elsewhere, home])
        {
            var erasure = await tenant.Admin.Post($"/members/{kept.Id}/erasure").Created();
            await tenant.Admin.Post($"/erasures/{erasure.Id()}/confirm").NoContent();
            await mailed.Api.Database.EventsHaveLeft();
        }

        (await mailed.Api.Database.Scalar<long>("SELECT count(*) FROM identity.people WHERE id IN ($1, $2) AND email = ''", kept.Id, absorbed.Id)).ShouldBe(2);
    }

    [Fact]
    public async Task A_membership_whose_time_is_over_neither_ends_the_one_that_holds_nor_stands_in_its_way()
    {
        var network = await mailed.Api.NewNetwork();
        var (shared, other) = (await network.NewMember(), await network.NewMember());
        var (kept, absorbed) = (await shared.NewPerson("volunteer"), await shared.NewPerson("viewer"));
        var volunteer = await shared.NewVolunteer();
        await shared.Admin.Send(HttpMethod.Put, $"/volunteers/{volunteer}/account", new { accountId = kept.Id }).NoContent();
        var place = (await shared.SignUp(await shared.NewShift(Roster.At()), volunteer).Created()).Id();
        await IsOver(shared, absorbed);
        var (keptThere, absorbedThere) = (await other.NewPerson("finance"), await other.NewPerson("viewer"));
        await IsOver(other, keptThere);

        await Merge(network, shared, kept, absorbed);
        await Merge(network, other, keptThere, absorbedThere);
        await mailed.Api.Database.EventsHaveLeft();

        (await shared.MembershipOf(kept)).GetProperty("validUntil").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await shared.Admin.Get($"/signups/{place}").Ok()).Text("status").ShouldBe("confirmed");
        var there = (await other.Admin.All("/members")).ShouldHaveSingleItem();
        (there.GetProperty("personId").GetGuid(), there.GetProperty("roles")[0].GetString()).ShouldBe((keptThere.Id, "viewer"));
        await (await keptThere.Api()).Get("/tenant").Ok();

        Task IsOver(Tenant tenant, Somebody person) => mailed.Api.Database.Execute(
            "UPDATE identity.memberships SET valid_until = $3 WHERE tenant_id = $1 AND person_id = $2", tenant.Id, person.Id, DateTimeOffset.UtcNow.AddDays(-30));
    }

    [Fact]
    public async Task Who_administers_a_tenant_alone_keeps_it_where_the_absorbed_accounts_time_there_is_over()
    {
        var network = await mailed.Api.NewNetwork();
        var shared = await network.NewMember();
        var (kept, absorbed) = (await shared.NewPerson("tenant-admin"), await shared.NewPerson("viewer"));
        await mailed.Api.Database.Execute("UPDATE identity.memberships SET valid_until = $2 WHERE person_id = $1", absorbed.Id, DateTimeOffset.UtcNow.AddDays(-30));

        await Merge(network, shared, kept, absorbed);

        (await shared.Admin.All("/members")).ShouldHaveSingleItem().GetProperty("roles")[0].GetString().ShouldBe("tenant-admin");
    }

    private async Task Merge(Network network, Tenant at, Somebody kept, Somebody absorbed)
    {
        await network.Admin.Post("/network/people/merge", new { keptId = kept.Id, absorbedId = absorbed.Id }).Accepted();
        await Agree(at, absorbed.Email);
        await Agree(at, kept.Email);
        await Eventually.Get(() => network.Admin.All("/network/people"), all => all.Single(p => p.Id() == absorbed.Id).GetProperty("disabledAt").ValueKind != System.Text.Json.JsonValueKind.Null);
    }

    private async Task Agree(Tenant tenant, string email) => (await Answer(tenant, await LinkTo(email))).Text.ShouldContain("Thank you");

    private Task<PageAnswer> Answer(Tenant tenant, string link) => new Browser(mailed.Api, tenant.Slug).Submit(link, new { });

    private async Task<string> LinkTo(string email)
    {
        var mails = await Eventually.Get(() => Task.FromResult(mailed.Mail.To(email)), all => all.Any(m => m.Text("text").Contains("/account/merge", StringComparison.Ordinal)));
        return LinkIn(mails.Select(m => m.Text("text")).First(t => t.Contains("/account/merge", StringComparison.Ordinal)));
    }

    private static string LinkIn(string text) => new Uri(text.Split(['\n', ' ']).Single(w => w.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;

    private async Task Join(Tenant tenant, Somebody person, string role)
    {
        var known = mailed.Mail.To(person.Email).Count;
        await tenant.Admin.Post("/members/invitations", new { email = person.Email, roles = new[] { role } }).Created();
        var letter = await mailed.LetterTo(person.Email, known + 1);
        var browser = await person.SignedIn(tenant.Slug);
        (await browser.Submit(letter.Link!, new { })).ShouldLeadTo("/account/tenants");
    }
}
