using System.Text.RegularExpressions;

namespace NetworkPlatform.IntegrationTests.Infrastructure;

/// <summary>A host whose letters a real mail server takes.</summary>
public sealed partial class MailedFixture(DatabaseServer server) : IAsyncLifetime
{
    private ApiFixture? api;

    public SmtpSink Mail { get; } = new();

    public ApiFixture Api => api!;

    public async ValueTask InitializeAsync()
    {
        await Mail.InitializeAsync();
        api = await ApiFixture.Start(server, [.. Mail.Settings.Select(s => (s.Key, s.Value))]);
    }

    public async ValueTask DisposeAsync()
    {
        await api!.DisposeAsync();
        await Mail.DisposeAsync();
    }

    /// <summary>The newest letter to the address, once there are so many.</summary>
    public async Task<Letter> LetterTo(string address, int count = 1)
    {
        var mails = await Mail.To(address, count);
        var mail = mails[^1];
        var text = mail.Text("text");
        return new Letter(mail.Text("subject"), text, Link().Match(text) is { Success: true } link ? new Uri(link.Value).PathAndQuery : null);
    }

    [GeneratedRegex(@"https?://\S+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}

/// <summary>A letter, and where its link leads on this site.</summary>
public sealed record Letter(string Subject, string Text, string? Link);
