using System.Net;
using System.Text;

namespace NetworkPlatform.IntegrationTests.Rostering.Volunteers;

/// <summary>Volunteers from a file and into one.</summary>
public sealed class ImportVolunteersTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Good_rows_are_taken_bad_ones_are_refused_alone_and_the_same_file_again_changes_nothing()
    {
        var tenant = await api.NewTenant();
        var slug = (await tenant.Admin.Get($"/chapters/{await tenant.NewChapter()}").Ok()).Text("slug");
        var there = await tenant.NewVolunteer("known@example.org");
        var file = $"""
            email,NAME,languages,phone,chapters,roles,timeZone,networkConsent
            ada@example.org,Ada,en he,'+44 20 7946 0000,{slug},facilitator,Europe/London,yes
            "boris@example.org","Boris ""B"", the ,one
            with a line break",ru,,,,,
            not-an-address,Carla,en,,,,,
            dan@example.org,,en,,,,,
            eva@example.org,Eva,english!,12,nowhere,king,Mars/Olympus,perhaps
            frida@example.org,Frida,,,nowhere,,,
            ADA@example.org,Ada again,,,,,,
            KNOWN@example.org,A volunteer,fr,,,,,
            short@example.org,Short
            """;

        var first = await Import(tenant, file).Ok();
        var second = await Import(tenant, file).Ok();

        (first.Number("total"), first.Number("created"), first.Number("updated"), first.Number("unchanged"), first.Number("rejected")).ShouldBe((9, 2, 1, 0, 6), first.ToString());
        (second.Number("total"), second.Number("created"), second.Number("updated"), second.Number("unchanged"), second.Number("rejected")).ShouldBe((9, 0, 0, 3, 6), second.ToString());
        var problems = first.GetProperty("problems").EnumerateArray().Select(p => (p.Number("row"), p.Text("field"))).ToList();
        problems.ShouldBe([(3, "email"), (4, "name"), (5, "networkConsent"), (6, "chapters"), (7, "email"), (9, "row")]);
        first.GetProperty("problems").EnumerateArray().ShouldAllBe(p => p.Text("message").Length > 10);
        var ada = await tenant.Admin.Get($"/volunteers/{await IdOf(tenant, "ada@example.org")}").Ok();
        (ada.Text("name"), ada.Text("phone"), ada.Text("timeZone"), ada.GetProperty("roles")[0].GetString(), ada.GetProperty("chapters").GetArrayLength()).ShouldBe(("Ada", "+44 20 7946 0000", "Europe/London", "facilitator", 1));
        ada.GetProperty("countedOverNetwork").GetBoolean().ShouldBeTrue();
        var boris = await tenant.Admin.Get($"/volunteers/{await IdOf(tenant, "boris@example.org")}").Ok();
        boris.Text("name").ShouldBe("Boris \"B\", the ,one\nwith a line break");
        boris.GetProperty("countedOverNetwork").GetBoolean().ShouldBeFalse("a file that does not say so is no consent");
        var known = await tenant.Admin.Get($"/volunteers/{there}").Ok();
        known.GetProperty("languages")[0].GetString().ShouldBe("fr");
    }

    [Fact]
    public async Task An_empty_cell_leaves_what_is_there()
    {
        var tenant = await api.NewTenant();
        var slug = (await tenant.Admin.Get($"/chapters/{await tenant.NewChapter()}").Ok()).Text("slug");
        await Import(tenant, $"name,email,languages,phone,chapters,roles\nAda,ada@example.org,he,020 7946 0000,{slug},greeter\n").Ok();

        (await Import(tenant, "name,email,languages,phone,chapters,roles\nAda,ada@example.org,,,,\n").Ok()).Number("unchanged").ShouldBe(1);

        var ada = await tenant.Admin.Get($"/volunteers/{await IdOf(tenant, "ada@example.org")}").Ok();
        (ada.Text("phone"), ada.GetProperty("languages").GetArrayLength(), ada.GetProperty("chapters").GetArrayLength(), ada.GetProperty("roles").GetArrayLength()).ShouldBe(("020 7946 0000", 1, 1, 1));
    }

    [Fact]
    public async Task Every_problem_of_a_row_is_told_with_its_field()
    {
        var tenant = await api.NewTenant();

        var answer = await Import(tenant, "name;email;languages;phone;roles;timeZone\n;nobody;english!;12;king;Mars/Olympus\n").Ok();

        answer.GetProperty("problems").EnumerateArray().Select(p => p.Text("field")).ShouldBe(["name", "email", "languages", "phone", "timeZone", "roles"]);
    }

    [Fact]
    public async Task A_character_that_no_database_holds_is_a_problem_of_its_row()
    {
        var tenant = await api.NewTenant();

        var answer = await Import(tenant, "name,email,chapters\nAda,ada@example.org,x\0y\nEve,eve@example.org,\n").Ok();

        answer.GetProperty("problems").EnumerateArray().Select(p => p.Text("field")).ShouldBe(["chapters"]);
        answer.Number("created").ShouldBe(1);
    }

    [Theory]
    [InlineData("", "body")]
    [InlineData("name,mail\n", "body")]
    [InlineData("name\nAda\n", "body")]
    [InlineData("name,email,name\n", "body")]
    public async Task A_file_without_a_header_that_can_be_read_is_refused_whole(string file, string field)
    {
        var tenant = await api.NewTenant();

        (await Import(tenant, file)).ShouldBeInvalid(field);
    }

    [Fact]
    public async Task A_file_in_another_encoding_is_refused_and_a_dry_run_changes_nothing()
    {
        var tenant = await api.NewTenant();

        (await tenant.Admin.Post("/volunteers/import", new ByteArrayContent(Encoding.Latin1.GetBytes("name,email\nJos\u00e9,jose@example.org\n")))).ShouldBeInvalid("body");
        var dry = await tenant.Admin.Post("/volunteers/import?dryRun=true", new StringContent("name,email\nAda,ada@example.org\n", Encoding.UTF8, "text/csv")).Ok();

        dry.Number("created").ShouldBe(1);
        (await tenant.Admin.All("/volunteers")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_about_consent_that_differs_from_the_record_is_refused_and_the_plan_holds_for_files_too()
    {
        await using var small = await ApiFixture.Start(api.Server, ("Tenancy:Plans:standard:volunteers", "2"));
        var tenant = await small.NewTenant();
        await Import(tenant, "name,email,networkConsent\nAda,ada@example.org,no\n").Ok();

        var changed = await Import(tenant, "name,email,networkConsent\nAda,ada@example.org,yes\n").Ok();
        var tooMany = await Import(tenant, "name,email\nBo,bo@example.org\nCy,cy@example.org\n");

        changed.GetProperty("problems")[0].Text("field").ShouldBe("networkConsent");
        tooMany.ShouldBeProblem(422, "quota-exceeded");
        (await tenant.Admin.All("/volunteers")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_exported_is_safe_in_a_spreadsheet_and_comes_back_unchanged()
    {
        var tenant = await api.NewTenant();
        foreach (var name in (string[])["=HYPERLINK(\"https://bad.example\";\"x\")", "+1+1", "-2+3", "@SUM(A1)", "'=1", "O'Brien", "'quoted'", "Dana, the \"first\"", "דנה"])
        {
            await tenant.Admin.Post("/volunteers", new { name, email = $"v-{Guid.NewGuid():N}@example.org", languages = new[] { "en", "he" } }).Created();
        }

        var export = await tenant.Admin.Get("/volunteers/export.csv");
        var again = await Import(tenant, export.Body.TrimStart('\uFEFF')).Ok();

        export.Status.ShouldBe(HttpStatusCode.OK);
        using var reader = new CsvHelper.CsvReader(new StringReader(export.Body.TrimStart('\uFEFF')), System.Globalization.CultureInfo.InvariantCulture);
        while (await reader.ReadAsync())
        {
            for (var i = 0; i < reader.Parser.Count; i++)
            {
                (reader.GetField(i) is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]).ShouldBeFalse(reader.GetField(i));
            }
        }

        again.Number("unchanged").ShouldBe(9, again.ToString());
    }

    private static Task<Answer> Import(Tenant tenant, string file) => tenant.Admin.Post("/volunteers/import", new StringContent(file, Encoding.UTF8, "text/csv"));

    private static async Task<Guid> IdOf(Tenant tenant, string email) => (await tenant.Admin.All("/volunteers")).Single(v => v.Text("email") == email).Id();
}
