using System.Text.Json;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Wellbeing;

/// <summary>A volunteer's own answers to a questionnaire about how they are. Nobody else reads them, and nothing depends on them.</summary>
[AboutPerson(nameof(VolunteerId), OwnEyesOnly = true)]
[AboutPerson(nameof(AccountId), OwnEyesOnly = true)]
internal sealed class WellbeingCheckIn : Entity
{
    private WellbeingCheckIn()
    {
    }

    public Guid VolunteerId { get; private init; }

    /// <summary>The account that answered, or that it has become one with. Another that comes to stand for the volunteer finds nothing.</summary>
    public Guid AccountId { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <summary>A <see cref="CheckInAnswers"/>, encrypted, questionnaire included.</summary>
    [Personal(Secret = true)]
    public byte[] EncryptedAnswers { get; private set; } = [];

    internal static WellbeingCheckIn Of(Guid volunteerId, Guid accountId, CheckInAnswers answers, DateTimeOffset now, AtRestEncryption encryption)
    {
        var checkIn = new WellbeingCheckIn { VolunteerId = volunteerId, AccountId = accountId, At = now };
        checkIn.EncryptedAnswers = encryption.Encrypt(JsonSerializer.SerializeToUtf8Bytes(answers), checkIn.PurposeOf(accountId));
        return checkIn;
    }

    internal CheckInAnswers Read(AtRestEncryption encryption) => JsonSerializer.Deserialize<CheckInAnswers>(encryption.Decrypt(EncryptedAnswers, PurposeOf(AccountId)))!;

    /// <summary>The same answers, as those of an account that this one has become.</summary>
    internal byte[] EncryptFor(Guid accountId, AtRestEncryption encryption) => encryption.Encrypt(encryption.Decrypt(EncryptedAnswers, PurposeOf(AccountId)), PurposeOf(accountId));

    /// <summary>Binds the answers to their row, so that nobody can read them by moving them into a row of their own.</summary>
    private string PurposeOf(Guid accountId) => $"rostering.check-in {accountId} {Id}";
}

/// <summary>Answers by item code, as the form's own values.</summary>
internal sealed record CheckInAnswers(Questionnaire Questionnaire, IReadOnlyDictionary<string, int> Answers);

internal static class OwnCheckIns
{
    /// <summary>Those that the caller has answered; nobody else's, whatever the caller's roles.</summary>
    internal static IQueryable<WellbeingCheckIn> OwnOf(this IQueryable<WellbeingCheckIn> checkIns, Caller caller) =>
        caller.PersonId is { } account ? checkIns.Where(c => c.AccountId == account) : checkIns.Where(_ => false);

    /// <summary>Also as a volunteer who has been linked to another account since, or taken off theirs: what they have answered stays their own.</summary>
    internal static async Task<bool> HasAnsweredAs(this RosteringDbContext db, Guid volunteerId, Caller caller, CancellationToken cancellationToken) =>
        await db.Volunteers.OwnOf(caller).AnyAsync(v => v.Id == volunteerId, cancellationToken) || await db.CheckIns.OwnOf(caller).AnyAsync(c => c.VolunteerId == volunteerId, cancellationToken);
}

internal sealed record CheckInNotFound() : NotFound("There is no such check-in.");

/// <summary>What the tenant offers to a volunteer whose check-in suggests that they could use support, in its own words.</summary>
internal sealed class SupportOffer : Entity
{
    internal const int TextLength = 2000;

    public required string Text { get; set; }
}
