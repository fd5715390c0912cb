using System.Globalization;
using Microsoft.Extensions.Configuration;
using NetworkPlatform.Platform.Mailing;

namespace NetworkPlatform.IntegrationTests.Platform;

/// <summary>Mail as a mail server and a mail reader of other hands see it.</summary>
public sealed class MailerTests(SmtpSink sink) : IClassFixture<SmtpSink>
{
    [Fact]
    public async Task A_mail_arrives_as_text_and_html_in_any_script_and_direction()
    {
        var to = NewAddress();
        var mail = Mail.Write(to, CultureInfo.GetCultureInfo("he"), "המשמרת שלך אושרה ✓ " + new string('ש', 120), "שלום <b>דנה</b> & \"co\"", ".\n..\nsecond line", "https://np.example/a?b=1&c=%D7%A9");

        await Mailer().Send(mail with { Unsubscribe = new Uri("https://np.example/u/abc") }, CancellationToken.None);

        var got = (await sink.To(to, 1)).ShouldHaveSingleItem();
        got.Text("subject").ShouldBe(mail.Subject);
        got.Text("from").ShouldBe("no-reply@network.example");
        got.Text("text").ReplaceLineEndings("\n").ShouldBe(mail.Text);
        got.Text("html").ShouldContain("<html lang=\"he\" dir=\"rtl\">");
        got.Text("html").ShouldContain("<p>שלום &lt;b&gt;דנה&lt;/b&gt; &amp; &quot;co&quot;</p>");
        got.Text("html").ShouldContain("<a href=\"https://np.example/a?b=1&amp;c=%D7%A9\" dir=\"ltr\">");
        got.Text("messageId").ShouldBe($"<{mail.Id:N}@network.example>");
        var headers = got.GetProperty("headers");
        headers.Text("list-unsubscribe").ShouldBe("<https://np.example/u/abc>");
        headers.Text("list-unsubscribe-post").ShouldBe("List-Unsubscribe=One-Click");
        headers.Text("auto-submitted").ShouldBe("auto-generated");
        headers.Text("content-type").ShouldStartWith("multipart/alternative");
    }

    [Theory]
    [InlineData("A name\r\nBcc: somebody@else.example\r\n\r\nAnother body")]
    [InlineData("A name\nBcc: somebody@else.example")]
    [InlineData("A name\u2028Bcc: somebody@else.example\0")]
    public async Task A_line_break_in_a_subject_begins_no_header(string subject)
    {
        var to = NewAddress();

        await Mailer().Send(new Mail(to, subject, "The text"), CancellationToken.None);

        var got = (await sink.To(to, 1)).ShouldHaveSingleItem();
        got.Text("subject").ShouldStartWith("A name");
        got.Text("subject").ShouldContain("Bcc: somebody@else.example");
        got.Text("text").Trim().ShouldBe("The text");
        got.GetProperty("headers").TryGetProperty("bcc", out _).ShouldBeFalse();
        got.GetProperty("recipients").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("a@b.example\r\nBcc: c@d.example")]
    [InlineData("a@b.example, c@d.example")]
    [InlineData("Somebody <a@b.example>")]
    [InlineData("nobody")]
    [InlineData("")]
    public async Task A_recipient_that_is_not_one_plain_address_is_refused(string to) =>
        await Should.ThrowAsync<MailAddressUnusableException>(() => Mailer().Send(new Mail(to, "A subject", "A text"), CancellationToken.None));

    [Fact]
    public async Task An_address_outside_of_ascii_is_reached()
    {
        var to = $"דנה-{Guid.NewGuid():N}@network.example";

        await Mailer().Send(new Mail(to, "A subject", "A text"), CancellationToken.None);

        await sink.To(to, 1);
    }

    [Fact]
    public async Task What_the_server_does_not_take_is_told()
    {
        await Should.ThrowAsync<MailNotSentException>(() => Mailer().Send(new Mail("refused@network.example", "A subject", "A text"), CancellationToken.None));
        await Should.ThrowAsync<MailNotSentException>(() => Mailer(("Mail:Smtp", $"smtp://127.0.0.1:{Repository.FreePort()}")).Send(new Mail(NewAddress(), "A subject", "A text"), CancellationToken.None));
        await Should.ThrowAsync<MailNotSentException>(() => new Mailer(new ConfigurationBuilder().Build()).Send(new Mail(NewAddress(), "A subject", "A text"), CancellationToken.None));

        // The sink's certificate is nobody's.
        var to = NewAddress();
        await Should.ThrowAsync<MailNotSentException>(() => Mailer(("Mail:Smtp", $"smtps://127.0.0.1:{sink.Port}")).Send(new Mail(to, "A subject", "A text"), CancellationToken.None));
        sink.To(to).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_asks_for_a_password_gets_it()
    {
        await using var guarded = new SmtpSink("post:man", "p@ss/word%");
        await guarded.InitializeAsync();
        var to = NewAddress();

        await Should.ThrowAsync<MailNotSentException>(() => Mailer(("Mail:Smtp", $"smtp://post%3Aman:wrong@127.0.0.1:{guarded.Port}")).Send(new Mail(to, "A subject", "A text"), CancellationToken.None));
        await Mailer(("Mail:Smtp", $"smtp://post%3Aman:p%40ss%2Fword%25@127.0.0.1:{guarded.Port}")).Send(new Mail(to, "A subject", "A text"), CancellationToken.None);

        (await guarded.To(to, 1)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_pickup_directory_gets_a_file_for_each_mail()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"networkplatform-mail-{Guid.NewGuid():N}");
        try
        {
            var mailer = new Mailer(Configuration(("Mail:PickupDirectory", folder), ("Mail:From", "no-reply@network.example")));

            await mailer.Send(new Mail(NewAddress(), "One", "A text"), CancellationToken.None);
            await mailer.Send(new Mail(NewAddress(), "Two", "A text"), CancellationToken.None);

            Directory.GetFiles(folder, "*.eml").Length.ShouldBe(2);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("http://mail.example", "no-reply@network.example")]
    [InlineData("mail.example:25", "no-reply@network.example")]
    [InlineData("smtp://mail.example/path", "no-reply@network.example")]
    [InlineData("smtp://user:password@mail.example", "no-reply@network.example")]
    [InlineData("smtp://mail.example", "nobody")]
    [InlineData("smtp://mail.example", null)]
    public void A_setting_that_cannot_be_keeps_the_host_from_starting(string smtp, string? from) =>
        Should.Throw<InvalidOperationException>(() => new Mailer(Configuration(("Mail:Smtp", smtp), ("Mail:From", from)))).Message.ShouldContain("Mail:");

    private static string NewAddress() => $"reader-{Guid.NewGuid():N}@network.example";

    private static IConfiguration Configuration(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build();

    private Mailer Mailer(params (string Key, string? Value)[] settings) =>
        new(Configuration([.. sink.Settings.Select(s => (s.Key, (string?)s.Value)).Where(s => !settings.Any(own => own.Key == s.Key)), .. settings]));
}
