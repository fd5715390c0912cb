using System.Text.Json;

namespace NetworkPlatform.IntegrationTests.Rostering.Notifications;

/// <summary>A host that sends its mail to a mail server of another hand.</summary>
public sealed class MailedApi(DatabaseServer server) : IAsyncLifetime
{
    private ApiFixture? api;

    public SmtpSink Sink { get; } = new();

    public ApiFixture Api => api!;

    public async ValueTask InitializeAsync()
    {
        await Sink.InitializeAsync();
        api = await ApiFixture.Start(server, [.. Sink.Settings.Select(s => (s.Key, s.Value))]);
    }

    public async ValueTask DisposeAsync()
    {
        await api!.DisposeAsync();
        await Sink.DisposeAsync();
    }

    /// <summary>A volunteer who reads the languages, and their address.</summary>
    internal static async Task<(Guid Id, string Email)> NewReader(Tenant tenant, params string[] languages)
    {
        var email = $"reader-{Guid.NewGuid():N}@example.org";
        return ((await tenant.Admin.Post("/volunteers", new { name = "Dana", email, languages }).Created()).Id(), email);
    }

    /// <summary>What is on record of the notifications to a recipient, by kind.</summary>
    internal async Task<string> States(Guid recipient) => await Api.Database.Scalar<string>(
        "SELECT coalesce(string_agg(kind || ' ' || status, ', ' ORDER BY kind, status), '') FROM rostering.notifications WHERE recipient_id = $1", recipient);

    internal async Task<JsonElement> Mail(string to, string subject) =>
        (await Eventually.Get(() => Task.FromResult(Sink.To(to).Where(m => m.Text("subject").StartsWith(subject, StringComparison.Ordinal)).ToList()), found => found.Count > 0)).ShouldHaveSingleItem();
}
