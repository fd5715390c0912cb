using System.Text.Json;

namespace NetworkPlatform.Rostering.Wellbeing;

/// <summary>A volunteer's own answers to a questionnaire about how they are. Nobody else reads them, and nothing depends on them.</summary>
[AboutPerson(nameof(VolunteerId), OwnEyesOnly = true)]
internal sealed class CheckIn : Entity
{
    private CheckIn()
    {
    }

    public Guid VolunteerId { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <summary>A <see cref="CheckInAnswers"/>, encrypted, questionnaire included.</summary>
    [Personal(Secret = true)]
    public byte[] EncryptedAnswers { get; private set; } = [];

    internal static CheckIn Of(Guid volunteerId, CheckInAnswers answers, DateTimeOffset now, AtRestEncryption encryption)
    {
        var checkIn = new CheckIn { VolunteerId = volunteerId, At = now };
        checkIn.EncryptedAnswers = encryption.Encrypt(JsonSerializer.SerializeToUtf8Bytes(answers), checkIn.Purpose);
        return checkIn;
    }

    internal CheckInAnswers Read(AtRestEncryption encryption) => JsonSerializer.Deserialize<CheckInAnswers>(encryption.Decrypt(EncryptedAnswers, Purpose))!;

    /// <summary>Binds the answers to their row, so that nobody can read them by moving them into a row of their own.</summary>
    private string Purpose => $"rostering.check-in {VolunteerId} {Id}";
}

/// <summary>Answers by item code, as the form's own values.</summary>
internal sealed record CheckInAnswers(Questionnaire Questionnaire, IReadOnlyDictionary<string, int> Answers);

internal sealed record CheckInNotFound() : NotFound("There is no such check-in.");

/// <summary>What the tenant offers to a volunteer whose check-in suggests that they could use support, in its own words.</summary>
internal sealed class SupportOffer : Entity
{
    internal const int TextLength = 2000;

    public required string Text { get; set; }
}
