using System.Collections.Frozen;
using Microsoft.AspNetCore.Identity;

namespace NetworkPlatform.Identity.People;

/// <summary>Refuses passwords that are tried first, from the list in the folder beside this, and such as are too long to be one.</summary>
internal sealed class WellKnownPasswords : IPasswordValidator<Person>
{
    private const string File = "people/passwords.txt";

    private static readonly Lazy<FrozenSet<string>> Listed = new(Read);

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) => Task.FromResult(password switch
    {
        { Length: > Passwords.MaxLength } => IdentityResult.Failed(new IdentityError { Code = nameof(PasswordTooLong) }),
        not null when IsListed(password) => IdentityResult.Failed(new IdentityError { Code = nameof(PasswordWellKnown) }),
        _ => IdentityResult.Success,
    });

    internal static bool IsListed(string password)
    {
        if (!ValidationRules.IsStorable(password))
        {
            return false; // cannot be normalised, and is no word
        }

        var lower = password.Normalize().ToLowerInvariant();
        return Listed.Value.Contains(lower) || Listed.Value.Contains(Spelled(lower));
    }

    private static string Spelled(string lower) => string.Concat(lower.Select(LetterFor));

    /// <summary>The letter that a digit or a sign is often written for.</summary>
    private static char LetterFor(char c) => c switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => c,
    };

    private static FrozenSet<string> Read()
    {
        using var reader = new StreamReader(typeof(WellKnownPasswords).Assembly.GetManifestResourceStream(File)!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => new[] { word, Spelled(word) }).ToFrozenSet(StringComparer.Ordinal);
    }
}
