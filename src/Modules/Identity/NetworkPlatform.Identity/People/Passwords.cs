using Microsoft.AspNetCore.Identity;

namespace NetworkPlatform.Identity.People;

/// <summary>What a password must be. Length is what protects, so nothing is asked of its characters (NIST SP 800-63B §5.1.1.2).</summary>
internal sealed class Passwords(IdentityDbContext db, UserManager<Person> users, IPasswordHasher<Person> hasher)
{
    internal const int MinLength = 12;
    internal const int MaxLength = 128;

    /// <summary>As many as OWASP asks of PBKDF2 with HMAC-SHA-512.</summary>
    internal const int Iterations = 210_000;

    private static readonly Person Nobody = new()
    {
        Name = "",
        Email = "",
        NormalizedEmail = "",
        SecurityStamp = "",
        CreatedAt = default,
    };

    private static string? nobodysHash;

    /// <summary>
    /// The hash that the account's person has, if it is of this password; else null. Takes as long for nobody, and for somebody without a password. To be called before a command begins: meanwhile
    /// neither a lock nor a connection is held, so that no number of tries keeps others from the database.
    /// </summary>
    internal async Task<string?> Match(string email, string password, CancellationToken cancellationToken)
    {
        if (password.Length is 0 or > MaxLength || !ValidationRules.IsStorable(email))
        {
            return null;
        }

        var account = users.NormalizeEmail(email.Trim());
        var hash = await db.Read(() => db.People.Where(p => p.NormalizedEmail == account).Select(p => p.PasswordHash).SingleOrDefaultAsync(cancellationToken), cancellationToken);
        nobodysHash ??= hasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        return hasher.VerifyHashedPassword(Nobody, hash ?? nobodysHash, password) != PasswordVerificationResult.Failed ? hash : null;
    }

    /// <summary>Gives the person the password, in place of any other; every session and grant of before ends. Null, or why it is refused.</summary>
    internal async Task<Error?> Set(Person person, string password)
    {
        foreach (var validator in users.PasswordValidators)
        {
            var outcome = await validator.ValidateAsync(users, person, password);
            if (!outcome.Succeeded)
            {
                return Refusal(outcome);
            }
        }

        person.PasswordHash = hasher.HashPassword(person, password);
        await users.UpdateSecurityStampAsync(person);
        return null;
    }

    /// <summary>The problem in Identity's code, as the pages translate it.</summary>
    internal static Error Refusal(IdentityResult outcome) => outcome.Errors.First().Code switch
    {
        nameof(IdentityErrorDescriber.PasswordTooShort) => new PasswordTooShort(MinLength),
        nameof(PasswordTooLong) => new PasswordTooLong(MaxLength),
        nameof(PasswordWellKnown) => new PasswordWellKnown(),
        nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName) => new EmailTaken(),
        _ => Invalid.Field("email", "Must be an e-mail address."),
    };
}

internal sealed record PasswordTooShort(int MinLength) : RuleBroken($"A password has {MinLength} characters or more.");

internal sealed record PasswordTooLong(int MaxLength) : RuleBroken($"A password has at most {MaxLength} characters.");

internal sealed record PasswordWellKnown() : RuleBroken("That password is among those that are tried first.");

internal sealed record EmailTaken() : Conflict("Somebody in the network has that e-mail address already.");
