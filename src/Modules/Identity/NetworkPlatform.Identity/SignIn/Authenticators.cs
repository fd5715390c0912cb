using System.Security.Cryptography;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>The secret that a person's authenticator app shares with us; readable neither in the database nor for another person.</summary>
internal sealed class Authenticators(AtRestEncryption encryption)
{
    internal const int KeyLength = 20;

    internal void Set(Person person, byte[] key) => person.AuthenticatorKey = encryption.Encrypt(key, Purpose(person));

    /// <summary>Null where there is none, or none that can be read any more, since <c>Identity:KeyEncryptionKey</c> is another now.</summary>
    internal byte[]? Get(Person person)
    {
        try
        {
            return person.AuthenticatorKey is { } key ? encryption.Decrypt(key, Purpose(person)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Takes a code, once; false for a wrong one, and for one that was taken before.</summary>
    internal bool Redeem(Person person, string code, DateTimeOffset now)
    {
        if (Get(person) is not { } key || Totp.Match(key, string.Concat(code.Where(char.IsAsciiDigit)), now, person.LastTotpStep) is not { } step)
        {
            return false;
        }

        person.LastTotpStep = step;
        return true;
    }

    private static string Purpose(Person person) => $"authenticator {person.Id}";
}

internal sealed record AuthenticatorOnAlready() : Conflict("An authenticator app is set up already. Remove it first.");

internal sealed record CodeWrong() : RuleBroken("The code is wrong, too old or used already.");
