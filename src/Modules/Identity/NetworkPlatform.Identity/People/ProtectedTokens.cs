using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace NetworkPlatform.Identity.People;

/// <summary>
/// What stands in mailed links and in forms: encrypted, authenticated, for one purpose and until a time. Nothing is stored of them; that one works once follows from what it names,
/// such as a security stamp that changes with its use.
/// </summary>
internal sealed class ProtectedTokens(IDataProtectionProvider protection, TimeProvider clock)
{
    internal string Make<T>(string purpose, T payload, TimeSpan lifetime) =>
        Protector(purpose).Protect(JsonSerializer.Serialize(new Envelope<T>(clock.GetUtcNow() + lifetime, payload)));

    /// <returns>Null for anything but a token of ours for this purpose that is still good.</returns>
    internal T? Read<T>(string purpose, string? token)
        where T : class
    {
        try
        {
            return !string.IsNullOrEmpty(token) && JsonSerializer.Deserialize<Envelope<T>>(Protector(purpose).Unprotect(token)) is { } envelope && envelope.Until > clock.GetUtcNow()
                ? envelope.Payload
                : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private IDataProtector Protector(string purpose) => protection.CreateProtector("tokens", purpose);

    private sealed record Envelope<T>(DateTimeOffset Until, T Payload);
}

/// <summary>The link is not one of ours, was used, or is too old. Which of these is nobody's business.</summary>
internal sealed record LinkNotValid() : NotFound("This link is not valid any more.");

/// <summary>Proof of who they are is needed that is only minutes old.</summary>
internal sealed record SignInNotRecent() : Forbidden("Sign in again to do this.");
