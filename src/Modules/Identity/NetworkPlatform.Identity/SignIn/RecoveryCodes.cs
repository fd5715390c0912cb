using System.Security.Cryptography;
using System.Text;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>Ten codes that each take a second factor's place once. Seventy-five random bits a code, so that a fast hash of it gives nothing away.</summary>
internal static class RecoveryCodes
{
    internal const int Count = 10;

    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789"; // without l, o, 0 and 1
    private const int Groups = 3;
    private const int GroupLength = 5;

    /// <summary>Replaces the person's codes.</summary>
    /// <returns>The codes, of which only hashes are kept.</returns>
    internal static IReadOnlyList<string> Renew(Person person)
    {
        List<string> codes = [.. Enumerable.Range(0, Count).Select(_ => string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength))))];
        person.RecoveryCodeHashes = [.. codes.Select(Hash)];
        return codes;
    }

    /// <summary>Uses the code up; false for one that is not, or no longer, the person's.</summary>
    internal static bool Redeem(Person person, string code)
    {
        var hash = Hash(code);
        if (!person.RecoveryCodeHashes.Contains(hash, StringComparer.Ordinal))
        {
            return false;
        }

        person.RecoveryCodeHashes = [.. person.RecoveryCodeHashes.Where(h => h != hash)];
        return true;
    }

    /// <summary>However it was typed.</summary>
    private static string Hash(string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant())));
}
