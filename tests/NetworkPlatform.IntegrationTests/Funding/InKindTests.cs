using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Funding;

public sealed class InKindTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task What_was_booked_in_another_currency_is_told_apart()
    {
        var tenant = await api.NewTenant(currency: "GBP");
        var startsAt = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddMinutes(-10).ToUnixTimeSeconds());
        var shift = await tenant.NewShift(startsAt);
        (await tenant.Admin.Get("/funding/in-kind").Ok()).GetProperty("values").GetArrayLength().ShouldBe(0);
        await Give(minutes: 90);
        await Booked(hours: 1.5m);

        await tenant.Admin.Patch("/tenant", new { currency = "EUR" }, ("If-Match", (await tenant.Admin.Get("/tenant")).ETag!)).NoContent();

        Told(await Booked(hours: 1.5m)).ShouldBe(("0.00", "EUR", 1, "30.00 GBP"));
        await Give(minutes: 60);
        Told(await Booked(hours: 2.5m)).ShouldBe(("20.00", "EUR", 2, "20.00 EUR, 30.00 GBP"));

        async Task Give(int minutes)
        {
            var signUp = (await tenant.SignUp(shift, await tenant.NewVolunteer()).Created()).Id();
            await tenant.Admin.Post($"/signups/{signUp}/attendance", new { outcome = "attended", minutes }).Ok();
        }

        Task<JsonElement> Booked(decimal hours) => Eventually.Get(() => tenant.Admin.Get("/funding/in-kind").Ok(), k => k.GetProperty("hours").GetDecimal() == hours);
    }

    private static (string Value, string Currency, int Shifts, string Values) Told(JsonElement inKind) => (
        inKind.Text("value"), inKind.Text("currency"), inKind.Number("shifts"),
        string.Join(", ", inKind.GetProperty("values").EnumerateArray().Select(v => $"{v.Text("value")} {v.Text("currency")}")));
}
