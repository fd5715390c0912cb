using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Api;
using NetworkPlatform.Platform.Persistence;
using Npgsql;

namespace NetworkPlatform.IntegrationTests.Privacy;

/// <summary>What is left of people who are erased, looked for in everything that the database holds.</summary>
public sealed class ErasureTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Nothing_personal_is_left_in_any_table_of_any_module_once_somebody_has_left_everywhere()
    {
        DatabaseServer.OnPostgreSqlOnly("what is left is looked for in pg_dump.");
        await using var alone = await ApiFixture.Start(api.Server);
        var scenario = await Scenario.New(alone);
        var me = await scenario.Person.Api();
        var shift = await scenario.Here.NewShift(Roster.At());
        await scenario.Here.Admin.Post($"/shifts/{shift.Id}/signups", new { volunteerId = scenario.Volunteer }, ("X-Reason", $"asked by {scenario.Person.Email}")).Created();
        await scenario.FillEverything();
        var before = await PersonalValues(scenario);
        (await Dump(alone)).ShouldContain(scenario.Person.Email);

        var requested = await me.Post("/me/erasure").Created();
        await me.Delete($"/me?erasure={requested.Id()}").NoContent();

        await Eventually.Get(() => alone.Database.Scalar<long>("SELECT count(*) FROM identity.people WHERE erased_at IS NOT NULL"), erased => erased == 1);
        await Eventually.Get(() => alone.Database.Scalar<long>("SELECT count(*) FROM rostering.volunteers WHERE erased_at IS NOT NULL"), erased => erased == 2);
        await alone.Database.EventsHaveLeft();
        var dump = await Dump(alone);
        dump.ShouldNotContain(scenario.Person.Email, Case.Insensitive);
        dump.ShouldNotContain("Noa Levi", Case.Insensitive);
        before.Count.ShouldBeGreaterThan(20);
        foreach (var (what, value) in before.Where(v => v.Value.Length > 5 && !v.Key.EndsWith("_at", StringComparison.Ordinal) && v.Value != scenario.Person.Id.ToString() && v.Value != scenario.Volunteer.ToString()))
        {
            dump.ShouldNotContain(value, Case.Sensitive, what);
        }

        (await PersonalValues(scenario)).ShouldAllBe(left => left.Value.Length == 0 || left.Key.Contains(".normalized_email") || left.Key.Contains(".volunteer_id") || left.Key.Contains(".security_stamp"));
        (await me.Get("/me/export")).Status.ShouldBe(HttpStatusCode.Unauthorized, "their tokens are worth nothing any more");
        (await new Browser(alone, scenario.Here.Slug).SignIn(scenario.Person.Email, scenario.Person.Password)).Status.ShouldBe(HttpStatusCode.BadRequest);
        dump.ShouldContain(scenario.Person.Id.ToString(), Case.Sensitive, "the pseudonym stays in the audit");
    }

    [Fact]
    public async Task Places_are_given_back_and_what_was_given_stays_counted()
    {
        var tenant = await api.NewTenant();
        var (erased, waiting) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var coming = await tenant.NewShift(Roster.At(), places: 1);
        await tenant.SignUp(coming, erased).Created();
        (await tenant.SignUp(coming, waiting).Created()).Text("status").ShouldBe("waitlisted");

        await Erase(tenant, erased);

        await Eventually.Get(() => tenant.Admin.All($"/volunteers/{waiting}/signups"), list => list.Exists(s => s.Text("status") == "offered"));
        (await tenant.Admin.Get($"/volunteers/{erased}")).ShouldBeProblem(404, "volunteer-not-found");
        (await tenant.Admin.All("/volunteers")).ShouldHaveSingleItem().Id().ShouldBe(waiting);
        (await tenant.Admin.Get($"/shifts/{coming.Id}").Ok()).Number("taken").ShouldBe(1);
        (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.commitments c JOIN rostering.sign_ups s ON s.id = c.id WHERE s.volunteer_id = $1", erased)).ShouldBe(0);
    }

    [Fact]
    public async Task A_place_that_they_come_to_while_they_are_being_erased_is_given_back_too()
    {
        DatabaseServer.OnPostgreSqlOnly("an advisory lock, held as by the one who signs them up.");
        await using var alone = await ApiFixture.Start(api.Server);
        var tenant = await alone.NewTenant();
        var erased = await tenant.NewVolunteer();
        var shift = await tenant.NewShift(Roster.At());
        var signUp = (await tenant.SignUp(shift, erased).Created()).Id();
        await tenant.Admin.Post($"/signups/{signUp}/cancel").NoContent();
        await alone.Database.EventsHaveLeft();
        await using var other = await alone.Database.Open(alone.Database.Superuser);
        await using var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await TestDatabase.Execute(other, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", $"volunteer {erased}");
        await TestDatabase.Execute(other, "UPDATE rostering.sign_ups SET status = 'confirmed' WHERE id = $1", signUp);
        await TestDatabase.Execute(other, "UPDATE rostering.shifts SET taken = 1 WHERE id = $1", shift.Id);

        var requested = await tenant.Admin.Post("/erasures", new { volunteerIds = new[] { erased } }).Created();
        await tenant.Admin.Post($"/erasures/{requested.Id()}/confirm").NoContent();
        await Eventually.Get(() => alone.Database.WaitingForLock("advisory"), waiting => waiting > 0);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        await Gone(tenant, erased);
        (await alone.Database.Scalar<string>("SELECT status FROM rostering.sign_ups WHERE id = $1", signUp)).ShouldBe("cancelled");
        (await tenant.Admin.Get($"/shifts/{shift.Id}").Ok()).Number("taken").ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_is_erased_in_one_tenant_stays_known_to_the_others_of_the_network()
    {
        var network = await api.NewNetwork();
        var (here, there, elsewhere) = (await network.NewMember(), await network.NewMember(), await network.NewMember());
        var email = $"volunteer-{Guid.NewGuid():N}@example.org";
        var (mine, theirs) = (await here.NewVolunteer(email), await there.NewVolunteer(email));

        await Erase(here, mine);

        await there.Admin.Post("/volunteers", new { name = "Twice", email, languages = new[] { "en" } }).Problem(409, "volunteer-already-registered");
        var later = await elsewhere.NewVolunteer(email);
        (await api.Database.Scalar<long>("SELECT count(DISTINCT person_id) FROM rostering.volunteers WHERE id IN ($1, $2)", theirs, later)).ShouldBe(1, "their hours count together");

        var key = await api.Database.Scalar<string>("SELECT email_key FROM rostering.network_volunteers p JOIN rostering.volunteers v ON v.person_id = p.id WHERE v.id = $1", theirs);
        await Erase(there, theirs);
        (await Known(key)).ShouldBe(1);
        await Erase(elsewhere, later);
        (await Known(key)).ShouldBe(0, "nobody knows them any more");

        Task<long> Known(string key) => api.Database.Scalar<long>("SELECT count(*) FROM rostering.network_volunteers WHERE email_key = $1", key);
    }

    [Fact]
    public async Task Two_who_would_have_swapped_are_erased_together()
    {
        var tenant = await api.NewTenant();
        var (asked, asking) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
        var signUp = (await tenant.SignUp(await tenant.NewShift(Roster.At()), asking).Created()).Id();
        var swap = (await tenant.Admin.Post($"/signups/{signUp}/swaps", new { toVolunteerId = asked }).Created()).Id();

        var requested = await tenant.Admin.Post("/erasures", new { volunteerIds = new[] { asked, asking } }).Created();
        await tenant.Admin.Post($"/erasures/{requested.Id()}/confirm").NoContent();

        await Gone(tenant, asking);
        await Gone(tenant, asked);
        (await api.Database.Scalar<string>("SELECT status FROM rostering.swaps WHERE id = $1", swap)).ShouldBe("declined");
    }

    [Fact]
    public async Task A_fact_that_was_on_its_way_while_somebody_was_erased_is_a_stand_ins_too_before_long()
    {
        await using var alone = await ApiFixture.Start(api.Server);
        var tenant = await alone.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var signUp = (await tenant.SignUp(await tenant.NewShift(Rostering.ShiftTermsTests.JustNow()), volunteer).Created()).Id();
        await tenant.Admin.Post($"/signups/{signUp}/attendance", new { outcome = "attended", minutes = 60 }).Ok();
        await Eventually.Get(() => Facts("id = $1", signUp), facts => facts == 1);
        await Erase(tenant, volunteer);
        await Eventually.Get(() => Facts("volunteer_id = $1", volunteer), facts => facts == 0);
        await alone.Database.Execute("UPDATE insights.attendance_facts SET volunteer_id = $1 WHERE id = $2", volunteer, signUp); // as a late event would

        alone.Host.Clock.Advance(TimeSpan.FromHours(7));

        await Eventually.Get(() => Facts("volunteer_id = $1", volunteer), facts => facts == 0);

        Task<long> Facts(string which, Guid id) => alone.Database.Scalar<long>($"SELECT count(*) FROM insights.attendance_facts WHERE {which}", id);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(1)]
    public async Task What_somebody_gave_before_they_were_erased_is_recorded_afterwards(int endsInHours)
    {
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        var shift = await tenant.NewShift(Roster.At());
        var signUp = (await tenant.SignUp(shift, volunteer).Created()).Id();
        await api.Database.Execute("UPDATE rostering.shifts SET starts_at = $2, ends_at = $3 WHERE id = $1", shift.Id, DateTimeOffset.UtcNow.AddHours(-3), DateTimeOffset.UtcNow.AddHours(endsInHours));
        await Erase(tenant, volunteer);

        await tenant.Admin.Post($"/signups/{signUp}/attendance", new { outcome = "attended", minutes = 60, critical = true }).Ok();

        await Eventually.Get(() => api.Database.Scalar<long>("SELECT count(*) FROM insights.attendance_facts WHERE id = $1 AND minutes = 60", signUp), recorded => recorded == 1);
    }

    [Fact]
    public async Task Whoever_is_erased_before_a_shift_of_theirs_is_recorded_counts_as_one_and_not_under_their_id()
    {
        var tenant = await api.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        List<Guid> signUps = [];
        foreach (var hours in (int[])[-30, -4])
        {
            var shift = await tenant.NewShift(Roster.At(2, hours));
            signUps.Add((await tenant.SignUp(shift, volunteer).Created()).Id());
            await api.Database.Execute("UPDATE rostering.shifts SET starts_at = $2, ends_at = $3 WHERE id = $1", shift.Id, DateTimeOffset.UtcNow.AddHours(hours), DateTimeOffset.UtcNow.AddHours(hours + 1));
        }

        await Attend(signUps[0]);
        await api.Database.EventsHaveLeft();
        await Erase(tenant, volunteer);
        await api.Database.EventsHaveLeft();
        await Attend(signUps[1]);
        await api.Database.EventsHaveLeft();

        (await tenant.Admin.Get("/insights/retention").Ok()).GetProperty("volunteers").Number("total").ShouldBe(1);
        (await api.Database.Scalar<long>("SELECT count(*) FROM insights.attendance_facts WHERE id IN ($1, $2)", signUps[0], signUps[1])).ShouldBe(2);
        (await api.Database.Scalar<long>("SELECT count(*) FROM insights.attendance_facts WHERE volunteer_id = $1", volunteer)).ShouldBe(0);

        Task Attend(Guid signUp) => tenant.Admin.Post($"/signups/{signUp}/attendance", new { outcome = "attended", minutes = 60 }).Ok();
    }

    [Fact]
    public async Task An_administrator_erases_in_their_own_tenant_and_the_account_goes_with_the_last()
    {
        var scenario = await Scenario.New(api);
        var shiftThere = await scenario.There.NewShift(Roster.At());
        await scenario.There.SignUp(shiftThere, scenario.VolunteerThere).Created();

        var requested = await scenario.Here.Admin.Post($"/members/{scenario.Person.Id}/erasure", new { reason = "letter of 3 March" }).Created();
        requested.GetProperty("subjectIds").EnumerateArray().Select(i => i.GetGuid()).ShouldBe([scenario.Person.Id, scenario.Volunteer], ignoreOrder: true);
        await scenario.Here.Admin.Post($"/erasures/{requested.Id()}/confirm").NoContent();
        await Gone(scenario.Here, scenario.Volunteer);

        (await scenario.There.Admin.Get($"/volunteers/{scenario.VolunteerThere}").Ok()).Text("email").ShouldBe(scenario.Person.Email.ToUpperInvariant());
        (await api.Database.Scalar<long>("SELECT count(*) FROM rostering.commitments WHERE id IN (SELECT id FROM rostering.sign_ups WHERE volunteer_id = $1)", scenario.VolunteerThere)).ShouldBe(1);
        (await api.Database.Scalar<string>("SELECT email FROM identity.people WHERE id = $1", scenario.Person.Id)).ShouldBe(scenario.Person.Email);
        (await scenario.Here.Admin.Post($"/members/{scenario.Person.Id}/erasure")).Status.ShouldNotBe(HttpStatusCode.InternalServerError);

        var second = await scenario.There.Admin.Post($"/members/{scenario.Person.Id}/erasure").Created();
        await scenario.There.Admin.Post($"/erasures/{second.Id()}/confirm").NoContent();
        await Eventually.Get(() => api.Database.Scalar<string>("SELECT email FROM identity.people WHERE id = $1", scenario.Person.Id), email => email.Length == 0);
    }

    [Fact]
    public async Task Two_steps_are_needed_and_only_by_those_who_may()
    {
        var (tenant, other) = (await api.NewTenant(), await api.NewTenant());
        var person = await tenant.NewPerson();
        var volunteer = await tenant.NewVolunteer();
        var me = await person.Api();

        var asked = await tenant.Admin.Post("/erasures", new { volunteerIds = new[] { volunteer } }).Created();
        var own = await me.Post("/me/erasure").Created();
        (await tenant.Admin.Get($"/volunteers/{volunteer}")).Status.ShouldBe(HttpStatusCode.OK, "the first step changes nothing");
        (await other.Admin.Post($"/erasures/{asked.Id()}/confirm")).ShouldBeProblem(404, "erasure-not-found");
        (await tenant.Admin.Post($"/erasures/{own.Id()}/confirm")).ShouldBeProblem(404, "erasure-not-found");
        (await me.Delete($"/me?erasure={asked.Id()}")).ShouldBeProblem(404, "erasure-not-found");
        (await (await (await tenant.NewPerson()).Api()).Delete($"/me?erasure={own.Id()}")).ShouldBeProblem(404, "erasure-not-found");
        (await me.Delete("/me")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await (await tenant.ClientAs("coordinator")).Post("/erasures", new { volunteerIds = new[] { volunteer } })).ShouldBeProblem(403, "permission-missing");
        (await tenant.Admin.Post("/erasures", new { volunteerIds = Array.Empty<Guid>() })).ShouldBeInvalid("volunteerIds");
        (await tenant.Admin.Post("/erasures", new { volunteerIds = new[] { Guid.NewGuid() } })).ShouldBeProblem(404, "subject-not-found");
        (await other.Admin.Post("/erasures", new { volunteerIds = new[] { volunteer } })).ShouldBeProblem(404, "subject-not-found");
        (await other.Admin.Post($"/members/{person.Id}/erasure")).ShouldBeProblem(404, "subject-not-found");

        await tenant.Admin.Post($"/erasures/{asked.Id()}/confirm").NoContent();
        (await tenant.Admin.Post($"/erasures/{asked.Id()}/confirm")).ShouldBeProblem(409, "already-confirmed");
        (await tenant.Admin.All("/erasures")).Count(e => e.GetProperty("confirmedAt").ValueKind == JsonValueKind.String).ShouldBe(1);
        (await tenant.Admin.All("/audit?action=confirm-erasure")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_person_erases_themself_only_with_proof_of_who_they_are_that_is_minutes_old()
    {
        await using var alone = await ApiFixture.Start(api.Server);
        var person = await (await alone.NewTenant()).NewPerson();
        var app = await RelyingParty.New(person.Tenant, new { requireConsent = true });
        var tokens = await app.SignIn(person);
        var me = person.Api(tokens);
        var asked = await me.Post("/me/erasure").Created();

        alone.Host.Clock.Advance(TimeSpan.FromMinutes(6));
        (await me.Delete($"/me?erasure={asked.Id()}")).ShouldBeProblem(403, "sign-in-not-recent");
        (await person.Api(await app.Refresh(tokens.Text("refresh_token"))).Delete($"/me?erasure={asked.Id()}")).ShouldBeProblem(403, "sign-in-not-recent");
        (await alone.Database.Scalar<long>("SELECT count(*) FROM identity.erasures WHERE confirmed_at IS NOT NULL")).ShouldBe(0);
        await me.Get("/me/export").Ok();

        await (await person.Api()).Delete($"/me?erasure={asked.Id()}").NoContent();
    }

    [Fact]
    public async Task The_only_administrator_of_a_tenant_erases_themself_only_after_another_was_made_one()
    {
        var scenario = await Scenario.New(api);
        var (here, there) = (scenario.Here, scenario.There);
        await api.Database.Execute("UPDATE identity.memberships SET roles = '{tenant-admin}' WHERE person_id = $1 AND tenant_id = $2", scenario.Person.Id, there.Id);
        var me = await scenario.Person.Api();

        var refused = (await me.Post("/me/erasure")).ShouldBeProblem(409, "only-administrator");
        refused.GetProperty("tenants").EnumerateArray().Select(t => t.GetString()).ShouldBe([there.Slug]);
        var second = await there.NewPerson("tenant-admin");
        var asked = await me.Post("/me/erasure").Created();
        await there.Admin.Delete($"/members/{(await there.MembershipOf(second)).Id()}").NoContent();
        (await me.Delete($"/me?erasure={asked.Id()}")).ShouldBeProblem(409, "only-administrator");
        await me.Get("/me/export").Ok();
        (await here.MembershipOf(scenario.Person)).Id().ShouldNotBe(Guid.Empty, "nothing is changed");

        await there.NewPerson("tenant-admin");
        await me.Delete($"/me?erasure={asked.Id()}").NoContent();
        await Eventually.Get(() => api.Database.Scalar<string>("SELECT email FROM identity.people WHERE id = $1", scenario.Person.Id), email => email.Length == 0);
    }

    [Fact]
    public async Task Of_two_administrators_who_erase_themselves_at_the_same_moment_one_stays()
    {
        var tenant = await api.NewTenant();
        var people = new[] { await tenant.NewPerson("tenant-admin"), await tenant.NewPerson("tenant-admin") };

        await OneStays(people);
        (await tenant.Admin.All("/members")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nor_do_both_leave_another_tenant_that_has_no_third()
    {
        var network = await api.NewNetwork();
        var (here, there) = (await network.NewMember(), await network.NewMember());
        await here.NewPerson("tenant-admin");
        var people = new[] { await here.NewPerson("tenant-admin"), await here.NewPerson("tenant-admin") };
        foreach (var person in people)
        {
            await NetworkFounding.RegisterPersonAsync(api.Host.Services, there.Slug, person.Email, "Noa Levi", person.Password, ["tenant-admin"]);
        }

        await OneStays(people);
    }

    [Fact]
    public async Task An_administrator_erases_neither_the_last_administrator_nor_who_holds_more_than_they_may_give()
    {
        var tenant = await api.NewTenant();
        var only = await tenant.NewPerson("tenant-admin");
        var asked = await tenant.Admin.Post($"/members/{only.Id}/erasure").Created();
        (await tenant.Admin.Post($"/erasures/{asked.Id()}/confirm")).ShouldBeProblem(409, "last-administrator");
        (await tenant.MembershipOf(only)).Id().ShouldNotBe(Guid.Empty);
        await tenant.NewPerson("tenant-admin");
        await tenant.Admin.Post($"/erasures/{asked.Id()}/confirm").NoContent();

        var umbrella = new Tenant(api, tenant.Network, tenant.Network.Slug, tenant.Network.Id) { Admin = tenant.Network.Admin };
        var chief = await umbrella.NewPerson("network-admin");
        var modest = await api.NewClient(umbrella.Admin, "/clients", new { name = "Modest", roles = new[] { "tenant-admin" } });
        var above = await modest.Post($"/members/{chief.Id}/erasure").Created();
        (await modest.Post($"/erasures/{above.Id()}/confirm")).ShouldBeProblem(403, "role-not-yours-to-grant");
        await umbrella.Admin.Post($"/erasures/{above.Id()}/confirm").NoContent();
    }

    [Fact]
    public async Task Who_was_erased_in_a_tenant_and_has_joined_it_again_is_erased_there_anew()
    {
        var scenario = await Scenario.New(api);
        var (person, there) = (scenario.Person, scenario.There);
        var first = await there.Admin.Post($"/members/{person.Id}/erasure").Created();
        await there.Admin.Post($"/erasures/{first.Id()}/confirm").NoContent();
        await Gone(there, scenario.VolunteerThere);
        await Eventually.Get(() => Affiliations(), count => count == 1);
        await NetworkFounding.RegisterPersonAsync(api.Host.Services, there.Slug, person.Email, "Noa Levi", person.Password, ["viewer"]);
        var anew = await there.NewVolunteer(person.Email);
        var me = await person.Api();

        await me.Delete($"/me?erasure={(await me.Post("/me/erasure").Created()).Id()}").NoContent();

        await Gone(there, anew);
        await Eventually.Get(() => api.Database.Scalar<string>("SELECT email FROM identity.people WHERE id = $1", person.Id), email => email.Length == 0);
        (await Affiliations()).ShouldBe(0);

        Task<long> Affiliations() => api.Database.Scalar<long>("SELECT count(*) FROM identity.affiliations WHERE person_id = $1", person.Id);
    }

    [Fact]
    public async Task What_a_tenant_that_has_erased_somebody_comes_to_hold_on_them_anew_goes_once_they_leave_everywhere()
    {
        var scenario = await Scenario.New(api);
        var (person, there) = (scenario.Person, scenario.There);
        var first = await there.Admin.Post($"/members/{person.Id}/erasure").Created();
        await there.Admin.Post($"/erasures/{first.Id()}/confirm").NoContent();
        await Gone(there, scenario.VolunteerThere);
        var anew = await there.NewVolunteer(person.Email);
        var me = await person.Api();

        await me.Delete($"/me?erasure={(await me.Post("/me/erasure").Created()).Id()}").NoContent();

        await Gone(there, anew);
        await api.Database.EventsHaveLeft();
        (await there.Admin.All("/erasures")).Count(e => e.GetProperty("confirmedAt").ValueKind == JsonValueKind.String).ShouldBe(2);
    }

    [Fact]
    public async Task Who_is_erased_by_an_administrator_can_do_nothing_from_the_answer_on()
    {
        DatabaseServer.OnPostgreSqlOnly("the relay is stopped by taking a right from its role.");
        await using var alone = await ApiFixture.Start(api.Server);
        var tenant = await alone.NewTenant();
        var person = await tenant.NewPerson("viewer");
        var me = await person.Api();
        await me.Get("/tenant").Ok();
        var asked = await tenant.Admin.Post($"/members/{person.Id}/erasure").Created();
        await alone.Database.Execute("REVOKE UPDATE ON platform.outbox_messages FROM networkplatform_relay");

        await tenant.Admin.Post($"/erasures/{asked.Id()}/confirm").NoContent();

        (await me.Get("/tenant")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Every_other_tenant_of_the_network_is_asked_once_in_each_step_of_an_erasure()
    {
        DatabaseServer.OnPostgreSqlOnly("statements are told apart by the database's name in the connection string.");
        await using var alone = await ApiFixture.Start(api.Server);
        var scenario = await Scenario.New(alone);
        await scenario.Here.Network.NewMember();
        var me = await scenario.Person.Api();
        await alone.Database.EventsHaveLeft();
        await alone.Database.Execute("REVOKE UPDATE ON platform.outbox_messages FROM networkplatform_relay");
        using var seen = new SentCommands(alone.Database.Settings["Database:ConnectionString"], "SELECT EXISTS", "FROM identity.memberships");

        var asked = await me.Post("/me/erasure").Created();
        var inRequest = seen.Take();
        await me.Delete($"/me?erasure={asked.Id()}").NoContent();

        // The umbrella and two members whether they are known there; where they are for what is held on them; and the first step whether a volunteer is a member.
        (inRequest, seen.Take()).ShouldBe((6, 5));
    }

    [Fact]
    public async Task What_a_tenant_holds_on_somebody_who_has_left_it_is_told_them_held_for_it_and_erased_with_the_rest()
    {
        var scenario = await Scenario.New(api);
        var (person, there) = (scenario.Person, scenario.There);
        await there.Admin.Delete($"/members/{(await there.MembershipOf(person)).Id()}").NoContent();
        var me = await person.Api();

        (await me.Get("/me/export").Ok()).GetProperty("tenants").EnumerateArray().Select(t => t.Text("tenant")).ShouldBe([scenario.Here.Slug, there.Slug], ignoreOrder: true);
        var hold = await there.Admin.Post("/legal-holds", new { subjectId = person.Id, reason = "case 2026-11" }).Created();
        (await me.Post("/me/erasure")).ShouldBeProblem(409, "legal-hold-stands");
        await there.Admin.Delete($"/legal-holds/{hold.Id()}").NoContent();
        await me.Delete($"/me?erasure={(await me.Post("/me/erasure").Created()).Id()}").NoContent();

        await Gone(there, scenario.VolunteerThere);
        await Eventually.Get(() => api.Database.Scalar<string>("SELECT email FROM identity.people WHERE id = $1", person.Id), email => email.Length == 0);
    }

    [Fact]
    public async Task One_erasure_is_of_one_person()
    {
        var tenant = await api.NewTenant();
        var (one, two) = (await tenant.NewPerson(), await tenant.NewPerson());

        (await tenant.Admin.Post($"/members/{one.Id}/erasure", new { volunteerIds = new[] { two.Id } })).ShouldBeProblem(404, "subject-not-found");
        (await tenant.Admin.Post("/erasures", new { volunteerIds = new[] { one.Id, two.Id } })).ShouldBeProblem(404, "subject-not-found");
        await tenant.Admin.Post($"/members/{one.Id}/erasure", new { volunteerIds = new[] { await tenant.NewVolunteer() } }).Created();
    }

    [Fact]
    public async Task What_comes_to_be_held_on_somebody_before_their_erasure_is_confirmed_goes_with_the_rest()
    {
        var tenant = await api.NewTenant();
        var person = await tenant.NewPerson();
        var asked = await tenant.Admin.Post($"/members/{person.Id}/erasure", new { volunteerIds = new[] { await tenant.NewVolunteer() } }).Created();
        var later = await tenant.NewVolunteer(person.Email);

        await tenant.Admin.Post($"/erasures/{asked.Id()}/confirm").NoContent();

        await Gone(tenant, later);
        (await tenant.Admin.All("/erasures")).ShouldHaveSingleItem().GetProperty("subjectIds").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task A_request_that_is_not_confirmed_in_a_day_lapses()
    {
        await using var alone = await ApiFixture.Start(api.Server);
        var tenant = await alone.NewTenant();
        var asked = await tenant.Admin.Post("/erasures", new { volunteerIds = new[] { await tenant.NewVolunteer() } }).Created();
        await alone.Database.Execute("UPDATE identity.erasures SET requested_at = $1 WHERE id = $2", DateTimeOffset.UtcNow.AddHours(-25), asked.Id());

        (await tenant.Admin.Post($"/erasures/{asked.Id()}/confirm")).ShouldBeProblem(409, "erasure-lapsed");

        (await tenant.Admin.All("/volunteers")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_legal_hold_in_any_tenant_keeps_what_is_there_until_it_is_lifted()
    {
        var scenario = await Scenario.New(api);
        var me = await scenario.Person.Api();
        var asked = await scenario.Here.Admin.Post("/erasures", new { volunteerIds = new[] { scenario.Volunteer } }).Created();
        var hold = await scenario.Here.Admin.Post("/legal-holds", new { subjectId = scenario.Volunteer, reason = "case 2026-11" }).Created();

        (await scenario.Here.Admin.Post($"/erasures/{asked.Id()}/confirm")).ShouldBeProblem(409, "legal-hold-stands");
        (await scenario.Here.Admin.Post($"/members/{scenario.Person.Id}/erasure")).ShouldBeProblem(409, "legal-hold-stands");
        (await me.Post("/me/erasure")).ShouldBeProblem(409, "legal-hold-stands");
        (await scenario.There.Admin.Delete($"/legal-holds/{hold.Id()}")).ShouldBeProblem(404, "legal-hold-not-found");
        (await scenario.Here.Admin.Post("/legal-holds", new { subjectId = Guid.NewGuid(), reason = "x" })).ShouldBeProblem(404, "subject-not-found");
        await scenario.Here.Admin.Delete($"/legal-holds/{hold.Id()}").NoContent();
        var elsewhere = await scenario.There.Admin.Post("/legal-holds", new { subjectId = scenario.VolunteerThere, reason = "x" }).Created();
        (await me.Post("/me/erasure")).ShouldBeProblem(409, "legal-hold-stands");

        await scenario.There.Admin.Delete($"/legal-holds/{elsewhere.Id()}").NoContent();
        await me.Post("/me/erasure").Created();
        (await scenario.Here.Admin.All("/legal-holds")).ShouldHaveSingleItem().GetProperty("liftedAt").ValueKind.ShouldBe(JsonValueKind.String);
    }

    [Fact]
    public async Task A_module_that_cannot_erase_now_does_so_later()
    {
        DatabaseServer.OnPostgreSqlOnly("a right is taken from the application's role.");
        await using var alone = await ApiFixture.Start(api.Server);
        var tenant = await alone.NewTenant();
        var volunteer = await tenant.NewVolunteer();
        await alone.Database.Execute("REVOKE UPDATE ON rostering.volunteers FROM networkplatform_app");

        await Confirm(tenant, volunteer);
        await Eventually.Get(() => alone.Database.Scalar<long>("SELECT coalesce(max(attempts), 0) FROM platform.outbox_messages"), attempts => attempts >= 2);
        (await alone.Database.Scalar<string>("SELECT name FROM rostering.volunteers WHERE id = $1", volunteer)).ShouldBe("A volunteer");
        await alone.Database.Execute("GRANT UPDATE ON rostering.volunteers TO networkplatform_app");

        await Gone(tenant, volunteer);
    }

    [Fact]
    public async Task A_restored_backup_replays_the_erasures_that_came_after_it()
    {
        DatabaseServer.OnPostgreSqlOnly("pg_dump and pg_restore.");
        var folder = Path.Combine(Path.GetTempPath(), $"networkplatform-tests-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        try
        {
            var tombstones = Path.Combine(folder, "tombstones");
            await using var alone = await ApiFixture.Start(api.Server, ("Privacy:Tombstones", tombstones));
            var scenario = await Scenario.New(alone);
            var stays = await scenario.Here.NewVolunteer();
            var me = await scenario.Person.Api();
            var dump = Path.Combine(folder, "before.dump");
            await Run("pg_dump", alone.Database.Superuser, "--format=custom", $"--file={dump}");
            await me.Delete($"/me?erasure={(await me.Post("/me/erasure").Created()).Id()}").NoContent();
            await Eventually.Get(() => alone.Database.Scalar<long>("SELECT count(*) FROM identity.people WHERE erased_at IS NOT NULL"), erased => erased == 1);
            await Eventually.Get(() => alone.Database.Scalar<long>("SELECT count(*) FROM rostering.volunteers WHERE erased_at IS NOT NULL"), erased => erased == 2);

            await using var empty = new PostgreSqlCluster { Migrates = false };
            await empty.InitializeAsync();
            var restored = await empty.CreateDatabase();
            await Run("pg_restore", restored.Superuser, "--exit-on-error", $"--dbname={new NpgsqlConnectionStringBuilder(restored.Superuser).Database}", dump);
            await using (var host = new ApiHost(restored.Settings))
            {
                await Migrator.MigrateAsync(host.Services, _ => { }, CancellationToken.None);
            }

            (await restored.Scalar<string>("SELECT email FROM identity.people")).ShouldBe(scenario.Person.Email, "the backup is of before");
            (await HostProcess.Run(restored, "erasures", "--replay")).ExitCode.ShouldNotBe(0, "without the folder nothing can be replayed, and nobody may think otherwise");
            var written = Written();
            var withFolder = restored with { Settings = new Dictionary<string, string>(restored.Settings, StringComparer.Ordinal) { ["Privacy:Tombstones"] = tombstones } };
            for (var round = 0; round < 2; round++)
            {
                var (exitCode, output) = await HostProcess.Run(withFolder, "erasures", "--replay");
                exitCode.ShouldBe(0, output);
                output.ShouldContain($"erased again in {scenario.Here.Slug}");
            }

            Written().ShouldBe(written, "when they were erased stays as it was");
            (await Dump(restored)).ShouldNotContain(scenario.Person.Email, Case.Insensitive);
            (await restored.Scalar<long>("SELECT count(*) FROM rostering.volunteers WHERE erased_at IS NOT NULL")).ShouldBe(2);
            (await restored.Scalar<string>("SELECT name FROM rostering.volunteers WHERE id = $1", stays)).ShouldBe("A volunteer");
            (await restored.Scalar<long>("SELECT count(*) FROM identity.people WHERE erased_at IS NOT NULL")).ShouldBe(1);

            List<string> Written() => [.. Directory.GetFiles(tombstones).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_replay_goes_on_past_an_erasure_that_cannot_be_and_says_so_at_its_end()
    {
        DatabaseServer.OnPostgreSqlOnly("a row is broken past foreign keys.");
        await WithTombstones(async (settings, write) =>
        {
            var tenant = await api.NewTenant();
            var (broken, volunteer) = (await tenant.NewVolunteer(), await tenant.NewVolunteer());
            await using var connection = await api.Database.Open(api.Database.Superuser);
            await TestDatabase.Execute(connection, "SET session_replication_role = replica");
            await TestDatabase.Execute(connection, "UPDATE rostering.volunteers SET person_id = gen_random_uuid() WHERE id = $1", broken);
            var (impossible, good) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            await write(impossible, tenant, DateTimeOffset.UtcNow.AddHours(-2), [broken]);
            await write(good, tenant, DateTimeOffset.UtcNow.AddHours(-1), [volunteer]);

            var (exitCode, output) = await HostProcess.Run(settings, "erasures", "--replay");

            exitCode.ShouldNotBe(0, output);
            output.ShouldContain($"{good}: 1 id(s) erased again in {tenant.Slug}");
            output.ShouldContain($"{impossible}: not erased again");
            (await tenant.Admin.Get($"/volunteers/{volunteer}")).ShouldBeProblem(404, "volunteer-not-found");
        });
    }

    [Fact]
    public async Task A_replay_erases_every_account_of_somebody_who_was_merged_and_erased_since_the_backup()
    {
        await WithTombstones(async (settings, write) =>
        {
            var tenant = await api.NewTenant();
            var (kept, absorbed) = (await tenant.NewPerson(), await tenant.NewPerson());
            await write(Guid.CreateVersion7(), tenant, DateTimeOffset.UtcNow.AddMinutes(1), [kept.Id, absorbed.Id]);

            for (var round = 0; round < 2; round++)
            {
                var (exitCode, output) = await HostProcess.Run(settings, "erasures", "--replay");
                exitCode.ShouldBe(0, output);
            }

            (await tenant.Admin.All("/members")).ShouldBeEmpty();
            (await api.Database.Scalar<long>("SELECT count(*) FROM identity.people WHERE id IN ($1, $2) AND email = ''", kept.Id, absorbed.Id)).ShouldBe(2);
        });
    }

    [Fact]
    public async Task A_replay_leaves_alone_who_has_joined_again_since_they_were_erased()
    {
        await WithTombstones(async (settings, write) =>
        {
            var tenant = await api.NewTenant();
            var (back, gone) = (await tenant.NewPerson(), await tenant.NewVolunteer());
            var volunteer = await tenant.NewVolunteer();
            await write(Guid.CreateVersion7(), tenant, DateTimeOffset.UtcNow.AddHours(-2), [back.Id, volunteer]);
            await write(Guid.CreateVersion7(), tenant, DateTimeOffset.UtcNow.AddHours(-1), [gone]);

            var (exitCode, output) = await HostProcess.Run(settings, "erasures", "--replay");

            exitCode.ShouldBe(0, output);
            output.ShouldContain($"joined {tenant.Slug} again since");
            (await tenant.MembershipOf(back)).Text("email").ShouldBe(back.Email);
            await tenant.Admin.Get($"/volunteers/{volunteer}").Ok();
            (await tenant.Admin.Get($"/volunteers/{gone}")).ShouldBeProblem(404, "volunteer-not-found");
            (await (await back.Api()).Get("/tenant")).Status.ShouldBe(HttpStatusCode.OK);
        });
    }

    [Fact]
    public async Task A_legal_hold_on_a_person_holds_their_volunteer_too_however_it_is_asked_for()
    {
        var scenario = await Scenario.New(api);
        var (here, volunteers) = (scenario.Here, new { volunteerIds = new[] { scenario.Volunteer } });
        var asked = await here.Admin.Post("/erasures", volunteers).Created();
        var hold = await here.Admin.Post("/legal-holds", new { subjectId = scenario.Person.Id, reason = "case 2026-11" }).Created();

        (await here.Admin.Post("/erasures", volunteers)).ShouldBeProblem(409, "legal-hold-stands");
        (await here.Admin.Post($"/erasures/{asked.Id()}/confirm")).ShouldBeProblem(409, "legal-hold-stands");
        await here.Admin.Post("/erasures", new { volunteerIds = new[] { await here.NewVolunteer() } }).Created();

        await here.Admin.Delete($"/legal-holds/{hold.Id()}").NoContent();
        await here.Admin.Post($"/erasures/{asked.Id()}/confirm").NoContent();
        await Gone(here, scenario.Volunteer);
    }

    /// <summary>With a folder of tombstones, what another process is started with to read it, and what writes one into it.</summary>
    private async Task WithTombstones(Func<TestDatabase, Func<Guid, Tenant, DateTimeOffset, Guid[], Task>, Task> test)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"networkplatform-tests-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        try
        {
            await test(
                api.Database with { Settings = new Dictionary<string, string>(api.Database.Settings, StringComparer.Ordinal) { ["Privacy:Tombstones"] = folder } },
                (id, tenant, at, ids) => File.WriteAllTextAsync(Path.Combine(folder, $"{id}.json"), JsonSerializer.Serialize(new { erasureId = id, tenantId = tenant.Id, ids, at })));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_replay_tells_of_a_tenant_that_was_erased_as_a_whole_and_is_back()
    {
        DatabaseServer.OnPostgreSqlOnly("the row comes back by its JSON.");
        var folder = Path.Combine(Path.GetTempPath(), $"networkplatform-tests-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        try
        {
            var tenant = await api.NewTenant();
            await tenant.Network.Admin.Post($"/network/members/{tenant.Id}/suspend").NoContent();
            var row = await api.Database.Scalar<string>("SELECT to_jsonb(t)::text FROM tenancy.tenants t WHERE id = $1", tenant.Id);
            var withFolder = api.Database with { Settings = new Dictionary<string, string>(api.Database.Settings, StringComparer.Ordinal) { ["Privacy:Tombstones"] = folder } };
            (await HostProcess.Run(withFolder, "erase", "--tenant", tenant.Slug)).ExitCode.ShouldBe(0);
            (await HostProcess.Run(withFolder, "erasures", "--replay")).ExitCode.ShouldBe(0);

            // As out of a backup.
            await api.Database.Execute("INSERT INTO tenancy.tenants SELECT * FROM jsonb_populate_record(NULL::tenancy.tenants, $1::jsonb)", row);
            var (exitCode, output) = await HostProcess.Run(withFolder, "erasures", "--replay");

            exitCode.ShouldNotBe(0, output);
            output.ShouldContain($"{tenant.Slug} was erased as a whole and is back");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Erase(Tenant tenant, Guid volunteer)
    {
        await Confirm(tenant, volunteer);
        await Gone(tenant, volunteer);
    }

    private static async Task Confirm(Tenant tenant, Guid volunteer)
    {
        var asked = await tenant.Admin.Post("/erasures", new { volunteerIds = new[] { volunteer } }).Created();
        await tenant.Admin.Post($"/erasures/{asked.Id()}/confirm").NoContent();
    }

    /// <summary>Of those who erase themselves at the same moment.</summary>
    private static async Task OneStays(IReadOnlyList<Somebody> people)
    {
        var callers = new List<(ApiClient Api, Guid Erasure)>();
        foreach (var person in people)
        {
            var me = await person.Api();
            callers.Add((me, (await me.Post("/me/erasure").Created()).Id()));
        }

        var answers = await Task.WhenAll(callers.Select(c => Task.Run(() => c.Api.Delete($"/me?erasure={c.Erasure}"))));

        answers.Count(a => a.Status == HttpStatusCode.NoContent).ShouldBe(1);
        answers.Single(a => a.Status != HttpStatusCode.NoContent).ShouldBeProblem(409, "only-administrator");
    }

    private static Task<Answer> Gone(Tenant tenant, Guid volunteer) => Eventually.Get(() => tenant.Admin.Get($"/volunteers/{volunteer}"), answer => answer.Status == HttpStatusCode.NotFound);

    /// <summary>The person's personal values, column by column, as the database writes them.</summary>
    private static async Task<Dictionary<string, string>> PersonalValues(Scenario scenario)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var (_, entity, about) in Scenario.Entities(scenario.Api.Host.Services, scenario.Api.Database.Superuser))
        {
            var subject = Scenario.Column(entity, entity.FindProperty(about.Property)!);
            foreach (var property in Scenario.Personal(entity))
            {
                var column = Scenario.Column(entity, property);
                values[$"{entity.GetTableName()}.{column.Trim('"')}"] = await scenario.Api.Database.Scalar<string>(
                    $"SELECT coalesce(max(nullif(nullif({column}::text, '{{}}'), 'false')), '') FROM {entity.GetSchema()}.{entity.GetTableName()} WHERE {subject} IN ($1, $2)", scenario.Person.Id, scenario.Volunteer);
            }
        }

        return values;
    }

    private static Task<string> Dump(ApiFixture fixture) => Dump(fixture.Database);

    private static Task<string> Dump(TestDatabase database) => Run("pg_dump", database.Superuser, "--data-only", "--inserts");

    private static async Task<string> Run(string program, string connection, params string[] arguments)
    {
        var to = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        (start.Environment["PGHOST"], start.Environment["PGPORT"], start.Environment["PGDATABASE"]) = (to.Host, to.Port.ToString(CultureInfo.InvariantCulture), to.Database);
        (start.Environment["PGUSER"], start.Environment["PGPASSWORD"]) = (to.Username, to.Password);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return output;
    }
}
