using System.Net;
using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Identity;

/// <summary>Invitations, and what becomes of them.</summary>
public sealed class MemberTests(MailedFixture mailed) : IClassFixture<MailedFixture>
{
    private const string Password = "four plums on a ladder";

    [Fact]
    public async Task Somebody_new_is_invited_chooses_name_and_password_and_is_a_member()
    {
        var tenant = await mailed.Api.NewTenant();
        var email = NewAddress();
        var volunteer = await tenant.NewVolunteer(email);
        var invited = await tenant.Admin.Post("/members/invitations", new { email, roles = new[] { "volunteer" }, name = "Dana", volunteerId = volunteer }).Created();
        invited.EnumerateObject().Select(p => p.Name).ShouldBe(["id", "expiresAt"], "the answer tells nothing of the person");
        var letter = await mailed.LetterTo(email);
        letter.Subject.ShouldContain(tenant.Slug);
        var browser = new Browser(mailed.Api, tenant.Slug);
        (await browser.Submit(letter.Link!, new { name = "", newPassword = Password })).ShouldRefuse("Enter a name.");
        (await browser.Submit(letter.Link!, new { name = "Dana Cohen", newPassword = "too short" })).ShouldRefuse("longer password");

        var accepted = await browser.Submit(letter.Link!, new { name = "Dana Cohen", newPassword = Password });

        accepted.ShouldLeadTo("/account/tenants");
        (await browser.Get("/account/tenants")).Text.ShouldContain($"Nonprofit {tenant.Slug}");
        var member = (await tenant.Admin.All("/members")).ShouldHaveSingleItem();
        (member.Text("name"), member.Text("email"), member.GetProperty("roles")[0].GetString()).ShouldBe(("Dana Cohen", email, "volunteer"));
        (await mailed.Api.Database.Scalar<long>("SELECT count(*) FROM identity.affiliations WHERE tenant_id = $1", tenant.Id)).ShouldBe(1);
        (await browser.Get(letter.Link!)).ShouldRefuse("not valid any more");
        (await new Browser(mailed.Api, tenant.Slug).SignIn(email, Password)).ShouldLeadTo("/account");
    }

    [Fact]
    public async Task Whom_the_network_knows_becomes_no_member_without_signing_in_and_agreeing()
    {
        var network = await mailed.Api.NewNetwork();
        var (home, other) = (await network.NewMember(), await network.NewMember());
        var person = await home.NewPerson();
        await other.Admin.Post("/members/invitations", new { email = person.Email, roles = new[] { "viewer" } }).Created();
        var letter = await mailed.LetterTo(person.Email);
        var browser = new Browser(mailed.Api, other.Slug);
        var page = await browser.Get(letter.Link!);
        page.Text.ShouldContain("Sign in to accept");
        page.Html.ShouldNotContain("newPassword");
        (await other.Admin.All("/members")).ShouldBeEmpty();
        (await browser.Submit(new Uri("http://localhost" + WebUtility.HtmlDecode(SignInLink(page))).PathAndQuery, new { email = person.Email, password = person.Password }))
            .ShouldLeadTo("/account/invitation");
        (await other.Admin.All("/members")).ShouldBeEmpty();

        (await browser.Submit(letter.Link!, new { })).ShouldLeadTo("/account/tenants");

        (await other.Admin.All("/members")).ShouldHaveSingleItem().GetProperty("personId").GetGuid().ShouldBe(person.Id);
        (await browser.Get("/account/tenants")).Text.ShouldContain($"Nonprofit {home.Slug}");
    }

    [Fact]
    public async Task The_invitation_by_which_somebody_joined_is_theirs_also_where_it_went_to_another_address()
    {
        var network = await mailed.Api.NewNetwork();
        var (home, other) = (await network.NewMember(), await network.NewMember());
        var person = await home.NewPerson();
        var earlier = NewAddress();
        await other.Admin.Post("/members/invitations", new { email = earlier, roles = new[] { "viewer" }, name = "Dana" }).Created();
        var letter = await mailed.LetterTo(earlier);
        (await (await person.SignedIn(other.Slug)).Submit(letter.Link!, new { })).ShouldLeadTo("/account/tenants");
        (await other.Admin.Get($"/members/{person.Id}/export").Ok()).GetRawText().ShouldContain(earlier);

        var erasure = await other.Admin.Post($"/members/{person.Id}/erasure").Created();
        await other.Admin.Post($"/erasures/{erasure.Id()}/confirm").NoContent();
        await mailed.Api.Database.EventsHaveLeft();

        (await mailed.Api.Database.Scalar<long>("SELECT count(*) FROM identity.invitations WHERE email = $1", earlier)).ShouldBe(0);
    }

    [Fact]
    public async Task Every_read_of_members_names_and_addresses_is_audited()
    {
        var tenant = await mailed.Api.NewTenant();
        var person = await tenant.NewPerson();
        var membership = (await tenant.MembershipOf(person)).Id();
        await tenant.Admin.Get($"/members/{membership}").Ok();
        await tenant.Admin.All("/members/invitations");
        await tenant.Network.Admin.All("/network/people");

        foreach (var action in (string[])["list-members", "get-member", "list-invitations"])
        {
            (await tenant.Admin.All($"/audit?action={action}")).ShouldHaveSingleItem().Text("purpose").ShouldBe("contact", action);
        }

        (await tenant.Network.Admin.All("/audit?action=list-people")).ShouldHaveSingleItem().Text("purpose").ShouldBe("contact");
    }

    [Fact]
    public async Task A_password_of_their_own_does_not_take_a_known_persons_account_over()
    {
        var network = await mailed.Api.NewNetwork();
        var person = await (await network.NewMember()).NewPerson();
        var other = await network.NewMember();
        var elsewhere = NewAddress();
        await other.Admin.Post("/members/invitations", new { email = person.Email, roles = new[] { "viewer" } }).Created();
        await other.Admin.Post("/members/invitations", new { email = elsewhere, roles = new[] { "viewer" } }).Created();
        var (link, form) = ((await mailed.LetterTo(person.Email)).Link!, (await mailed.LetterTo(elsewhere)).Link!);
        var browser = new Browser(mailed.Api, other.Slug);
        var page = await browser.Get(form);

        var token = System.Web.HttpUtility.ParseQueryString(new Uri("http://localhost" + link).Query)["token"]!;
        (await browser.Submit(page, new { token, name = "Mallory", newPassword = Password })).Status.ShouldBe(HttpStatusCode.BadRequest);

        (await other.Admin.All("/members")).ShouldBeEmpty();
        (await browser.SignIn(person.Email, person.Password)).ShouldLeadTo("/account");
    }

    [Fact]
    public async Task An_invitation_is_for_its_tenant_its_time_and_one_acceptance()
    {
        await using var sink = new SmtpSink();
        await sink.InitializeAsync();
        await using var own = await ApiFixture.Start(mailed.Api.Server, [.. sink.Settings.Select(s => (s.Key, s.Value))]);
        var network = await own.NewNetwork();
        var (tenant, other) = (await network.NewMember(), await network.NewMember());
        var email = NewAddress();
        var id = (await tenant.Admin.Post("/members/invitations", new { email, roles = new[] { "viewer" } }).Created()).Id();
        var link = new Uri((await sink.To(email, 1))[0].Text("text").Split(['\n', ' ']).Single(w => w.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;

        (await new Browser(own, other.Slug).Get(link.Replace($"tenant={tenant.Slug}", $"tenant={other.Slug}", StringComparison.Ordinal))).ShouldRefuse("not valid any more");
        var page = await new Browser(own, tenant.Slug).Get(link);
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(async i =>
        {
            var browser = new Browser(own, tenant.Slug);
            return await browser.Submit(await browser.Get(link), new { name = $"Dana {i}", newPassword = Password });
        }));
        both.Count(a => a.Status == HttpStatusCode.SeeOther).ShouldBe(1);
        (await tenant.Admin.All("/members")).Count.ShouldBe(1);
        page.Status.ShouldBe(HttpStatusCode.OK);
        await tenant.Admin.Delete($"/members/invitations/{id}").Problem(409, "invitation-closed");

        var late = NewAddress();
        var lateId = (await tenant.Admin.Post("/members/invitations", new { email = late, roles = new[] { "viewer" } }).Created()).Id();
        var lateLink = new Uri((await sink.To(late, 1))[0].Text("text").Split(['\n', ' ']).Single(w => w.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;
        own.Host.Clock.Advance(TimeSpan.FromDays(15));
        (await new Browser(own, tenant.Slug).Get(lateLink)).ShouldRefuse("not valid any more");
        (await own.Database.Scalar<long>("SELECT count(*) FROM identity.invitations WHERE id = $1 AND accepted_at IS NULL", lateId)).ShouldBe(1);
    }

    [Fact]
    public async Task An_invitation_is_revoked_or_sent_again_and_there_is_one_at_a_time()
    {
        var tenant = await mailed.Api.NewTenant();
        var email = NewAddress();
        var id = (await tenant.Admin.Post("/members/invitations", new { email, roles = new[] { "viewer" } }).Created()).Id();
        (await tenant.Admin.Post("/members/invitations", new { email = email.ToUpperInvariant(), roles = new[] { "finance" } }).Problem(409, "invited-already")).GetProperty("invitationId").GetGuid().ShouldBe(id);
        var link = (await mailed.LetterTo(email)).Link!;
        await tenant.Admin.Post($"/members/invitations/{id}/resend").NoContent();
        await mailed.LetterTo(email, 2);

        await tenant.Admin.Delete($"/members/invitations/{id}").NoContent();

        (await new Browser(mailed.Api, tenant.Slug).Get(link)).ShouldRefuse("not valid any more");
        await tenant.Admin.Post($"/members/invitations/{id}/resend").Problem(409, "invitation-closed");
        (await tenant.Admin.All("/members/invitations")).Single(i => i.Id() == id).GetProperty("revokedAt").ValueKind.ShouldBe(JsonValueKind.String);
        await tenant.Admin.Post("/members/invitations", new { email, roles = new[] { "viewer" } }).Created();
    }

    [Fact]
    public async Task The_first_administrator_of_a_new_member_is_invited_by_themselves()
    {
        var network = await mailed.Api.NewNetwork();
        var (slug, email) = ($"first-{Guid.NewGuid():N}"[..20], NewAddress());

        await network.Admin.Post("/network/members", new { slug, name = "A new nonprofit", adminEmail = email }).Created();

        var letter = await mailed.LetterTo(email);
        letter.Text.ShouldContain("A new nonprofit");
        var browser = new Browser(mailed.Api, slug);
        (await browser.Submit(letter.Link!, new { name = "Dana Cohen", newPassword = Password })).ShouldLeadTo("/account/tenants");
        (await browser.Get("/account/tenants")).Text.ShouldContain("administrator");
    }

    [Fact]
    public async Task Nobody_grants_more_than_they_may()
    {
        var tenant = await mailed.Api.NewTenant();
        await tenant.Admin.Post("/members/invitations", new { email = NewAddress(), roles = new[] { "network-admin" } }).Problem(403, "role-not-yours-to-grant");
        await tenant.Admin.Post("/members/invitations", new { email = NewAddress(), roles = new[] { "viewer" }, below = true }).Problem(403, "below-not-yours-to-grant");
        await tenant.Admin.Post("/members/invitations", new { email = NewAddress(), roles = new[] { "coordinator" }, chapters = new[] { Guid.NewGuid() } }).Problem(404, "chapter-not-found");
        (await tenant.Admin.Post("/members/invitations", new { email = "nobody", roles = new[] { "viewer" } })).ShouldBeInvalid("email");
        (await tenant.Admin.Post("/members/invitations", new { email = new string('\u0958', 200) + "@example.org", roles = new[] { "viewer" } })).ShouldBeInvalid("email");
        (await tenant.Admin.Post("/members/invitations", new { email = NewAddress(), roles = Array.Empty<string>() })).ShouldBeInvalid("roles");
        (await tenant.Admin.Post("/members/invitations", new { email = NewAddress(), roles = new[] { "finance" }, chapters = new[] { Guid.NewGuid() } })).ShouldBeInvalid("chapters");
        (await tenant.Admin.Post("/members/invitations", new { email = NewAddress(), roles = new[] { "viewer" }, validFrom = "2030-01-01T00:00:00Z", validUntil = "2029-01-01T00:00:00Z" })).ShouldBeInvalid("validUntil");
        var umbrella = new Tenant(mailed.Api, tenant.Network, tenant.Network.Slug, tenant.Network.Id) { Admin = tenant.Network.Admin };
        var chief = await umbrella.MembershipOf(await umbrella.NewPerson("network-admin"));
        var modest = await mailed.Api.NewClient(tenant.Network.Admin, "/clients", new { name = "Modest", roles = new[] { "tenant-admin" } });
        await modest.Send(HttpMethod.Put, $"/members/{chief.Id()}/roles", new { roles = new[] { "viewer" } }, ("If-Match", "\"1\"")).Problem(403, "role-not-yours-to-grant");
        await modest.Delete($"/members/{chief.Id()}").Problem(403, "role-not-yours-to-grant");
        var asked = await umbrella.Admin.Post("/members/invitations", new { email = NewAddress(), roles = new[] { "network-admin" } }).Created();
        await modest.Delete($"/members/invitations/{asked.Id()}").Problem(403, "role-not-yours-to-grant");
        await umbrella.Admin.Delete($"/members/invitations/{asked.Id()}").NoContent();
    }

    [Fact]
    public async Task Roles_are_changed_by_version_and_a_membership_ends()
    {
        var tenant = await mailed.Api.NewTenant();
        var person = await tenant.NewPerson("viewer");
        var id = (await tenant.MembershipOf(person)).Id();
        var chapter = await tenant.NewChapter();
        var seen = await tenant.Admin.Get($"/members/{id}");
        await tenant.Admin.Send(HttpMethod.Put, $"/members/{id}/roles", new { roles = new[] { "coordinator" } }).Problem(428, "if-match-missing");

        (await tenant.Admin.Send(HttpMethod.Put, $"/members/{id}/roles", new { roles = new[] { "coordinator" }, chapters = new[] { chapter } }, ("If-Match", seen.ETag!))).ShouldBe(HttpStatusCode.NoContent);

        await tenant.Admin.Send(HttpMethod.Put, $"/members/{id}/roles", new { roles = new[] { "viewer" } }, ("If-Match", seen.ETag!)).Problem(412, "stale-version");
        (await tenant.Admin.Get($"/members/{id}").Ok()).GetProperty("chapters")[0].GetGuid().ShouldBe(chapter);
        await tenant.Admin.Delete($"/members/{id}").NoContent();
        await tenant.Admin.Get($"/members/{id}").Problem(404, "membership-not-found");
        (await (await person.SignedIn()).Get("/account/tenants")).Text.ShouldContain("no organisation");
    }

    [Fact]
    public async Task The_last_administrator_stays_even_if_two_leave_at_the_same_moment()
    {
        var tenant = await mailed.Api.NewTenant();
        var (one, two) = (await tenant.NewPerson("tenant-admin"), await tenant.NewPerson("tenant-admin", "finance"));
        var (first, second) = (await one.SignedIn(), await two.SignedIn());
        var (page, other) = (await first.Get("/account/tenants"), await second.Get("/account/tenants"));

        var left = await Task.WhenAll(first.Submit(page, new { }, "handler=leave"), second.Submit(other, new { }, "handler=leave"));

        left.Count(a => a.Status == HttpStatusCode.SeeOther).ShouldBe(1);
        left.Single(a => a.Status != HttpStatusCode.SeeOther).ShouldRefuse("the only administrator");
        var last = (await tenant.Admin.All("/members")).ShouldHaveSingleItem().Id();
        await tenant.Admin.Delete($"/members/{last}").Problem(409, "last-administrator");
        await tenant.Admin.Send(HttpMethod.Put, $"/members/{last}/roles", new { roles = new[] { "finance" } }, ("If-Match", "\"1\"")).Problem(409, "last-administrator");
        await tenant.Admin.Send(HttpMethod.Put, $"/members/{last}/roles", new { roles = new[] { "tenant-admin" }, validUntil = "2020-01-01T00:00:00Z" }, ("If-Match", "\"1\"")).Problem(409, "last-administrator");
    }

    [Fact]
    public async Task Only_who_can_still_sign_in_and_stays_as_long_counts_as_another_administrator()
    {
        var tenant = await mailed.Api.NewTenant();
        var (last, colleague) = (await Member(await tenant.NewPerson("tenant-admin")), await tenant.NewPerson("tenant-admin"));
        var other = await Member(colleague);
        await Change(other, new { roles = new[] { "tenant-admin" }, validUntil = DateTimeOffset.UtcNow.AddDays(1) }).NoContent();

        await tenant.Admin.Delete(last).Problem(409, "last-administrator");
        await Change(last, new { roles = new[] { "tenant-admin" }, validUntil = DateTimeOffset.UtcNow.AddMinutes(1) }).Problem(409, "last-administrator");
        await Change(last, new { roles = new[] { "tenant-admin", "finance" } }).NoContent();
        await Change(other, new { roles = new[] { "tenant-admin" }, validUntil = DateTimeOffset.UtcNow.AddDays(2) }).NoContent();
        await Change(other, new { roles = new[] { "tenant-admin" } }).NoContent();
        await mailed.Api.Database.Execute("UPDATE identity.people SET disabled_at = $2 WHERE id = $1", colleague.Id, DateTimeOffset.UtcNow);
        await tenant.Admin.Delete(last).Problem(409, "last-administrator");

        await tenant.NewPerson("tenant-admin");
        await tenant.Admin.Delete(last).NoContent();

        // Nobody stays for ever: who stays longer may not leave, who leaves sooner may.
        var (sooner, later) = (await tenant.NewPerson("tenant-admin"), await tenant.NewPerson("tenant-admin"));
        await mailed.Api.Database.Execute("UPDATE identity.memberships SET valid_until = $2 WHERE tenant_id = $1", tenant.Id, DateTimeOffset.UtcNow.AddDays(1));
        await mailed.Api.Database.Execute("UPDATE identity.memberships SET valid_until = $2 WHERE person_id = $1", later.Id, DateTimeOffset.UtcNow.AddYears(1));
        await tenant.Admin.Delete(await Member(later)).Problem(409, "last-administrator");
        await tenant.Admin.Delete(await Member(sooner)).NoContent();

        async Task<string> Member(Somebody person) => $"/members/{(await tenant.MembershipOf(person)).Id()}";

        async Task<Answer> Change(string member, object roles) => await tenant.Admin.Send(HttpMethod.Put, $"{member}/roles", roles, ("If-Match", (await tenant.Admin.Get(member)).ETag!));
    }

    [Fact]
    public async Task An_invitation_that_has_lapsed_does_not_open_again_beside_a_newer_one()
    {
        var tenant = await mailed.Api.NewTenant();
        var email = NewAddress();
        var first = (await tenant.Admin.Post("/members/invitations", new { email, roles = new[] { "tenant-admin" } }).Created()).Id();
        await mailed.Api.Database.Execute("UPDATE identity.invitations SET expires_at = $2 WHERE id = $1", first, DateTimeOffset.UtcNow.AddDays(-1));
        var second = (await tenant.Admin.Post("/members/invitations", new { email, roles = new[] { "viewer" } }).Created()).Id();

        (await tenant.Admin.Post($"/members/invitations/{first}/resend").Problem(409, "invited-already")).GetProperty("invitationId").GetGuid().ShouldBe(second);

        await tenant.Admin.Post($"/members/invitations/{second}/resend").NoContent();
        await tenant.Admin.Delete($"/members/invitations/{second}").NoContent();
        await tenant.Admin.Post($"/members/invitations/{first}/resend").NoContent();
    }

    [Fact]
    public async Task A_member_whose_time_has_ended_joins_again_by_a_new_invitation()
    {
        var tenant = await mailed.Api.NewTenant();
        var person = await tenant.NewPerson("viewer");
        var ended = (await tenant.MembershipOf(person)).Id();
        await mailed.Api.Database.Execute("UPDATE identity.memberships SET valid_until = $2 WHERE id = $1", ended, DateTimeOffset.UtcNow.AddDays(-1));
        await tenant.Admin.Post("/members/invitations", new { email = person.Email, roles = new[] { "finance" } }).Created();
        var letter = await mailed.LetterTo(person.Email);

        (await (await person.SignedIn()).Submit(letter.Link!, new { })).ShouldLeadTo("/account/tenants");

        var member = await tenant.MembershipOf(person);
        member.GetProperty("roles")[0].GetString().ShouldBe("finance");
        member.Id().ShouldNotBe(ended);
        await (await person.Api()).Get("/tenant").Ok();
    }

    [Fact]
    public async Task A_letter_that_the_server_refuses_for_now_is_sent_later()
    {
        var sink = new SmtpSink();
        await sink.InitializeAsync();
        await using var own = await ApiFixture.Start(mailed.Api.Server, ("Mail:Smtp", $"smtp://127.0.0.1:{Repository.FreePort()}"), ("Mail:From", "no-reply@network.example"));
        var tenant = await own.NewTenant();
        var email = NewAddress();
        await tenant.Admin.Post("/members/invitations", new { email, roles = new[] { "viewer" } }).Created();
        await Eventually.Get(() => own.Database.Scalar<long>("SELECT count(*) FROM platform.outbox_messages WHERE attempts > 0 AND type LIKE '%InvitationIssued'"), count => count > 0);

        await using var healthy = new ApiHost(own.Settings.Concat(sink.Settings).GroupBy(s => s.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal));
        await own.Host.DisposeAsync();
        _ = healthy.Server;

        await sink.To(email, 1);
        await healthy.DisposeAsync();
        await sink.DisposeAsync();
    }

    private static string NewAddress() => $"dana-{Guid.NewGuid():N}@example.org";

    private static string SignInLink(PageAnswer page) => System.Text.RegularExpressions.Regex.Match(
        page.Html, "href=\"(?<link>/account/sign-in[^\"]*)\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["link"].Value;
}
