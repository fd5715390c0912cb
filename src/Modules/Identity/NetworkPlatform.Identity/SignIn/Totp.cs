using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>Time-based one-time passwords (RFC 6238), as authenticator apps take them: SHA-1, six digits, thirty seconds.</summary>
internal static class Totp
{
    internal const int Digits = 6;

    private const int StepSeconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The time step that the code is of: the current one, or a neighbour for clocks that differ, but none up to <paramref name="after"/>. Null for a wrong code.</summary>
    internal static long? Match(ReadOnlySpan<byte> key, string code, DateTimeOffset now, long after)
    {
        long? found = null;
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        for (var step = current - 1; step <= current + 1; step++)
        {
            var isSame = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(Code(key, step)));
            found = isSame && step > after ? step : found;
        }

        return found;
    }

    internal static string Code(ReadOnlySpan<byte> key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238's default, and the only one that every authenticator app takes; HMAC does not rest on SHA-1's collision resistance
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>What authenticator apps read off a QR code.</summary>
    internal static string Uri(string issuer, string account, ReadOnlySpan<byte> key) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(account)}?secret={Encode(key)}&issuer={System.Uri.EscapeDataString(issuer)}&digits={Digits}&period={StepSeconds}";

    /// <summary>Base32 (RFC 4648 §6) without padding.</summary>
    internal static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var b in bytes)
        {
            (bits, count) = ((bits << 8) | b, count + 8);
            for (; count >= 5; count -= 5)
            {
                text.Append(Base32[(bits >> (count - 5)) & 31]);
            }
        }

        return count > 0 ? text.Append(Base32[(bits << (5 - count)) & 31]).ToString() : text.ToString();
    }
}
