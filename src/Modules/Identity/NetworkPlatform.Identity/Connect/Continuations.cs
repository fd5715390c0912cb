using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace NetworkPlatform.Identity.Connect;

/// <summary>An authorization request on its way through the pages on which a person signs in and agrees.</summary>
/// <param name="PushedId">Where it came by the back channel.</param>
/// <param name="AskedAt">When the person was sent to those pages; null before that. What they did there since counts as an answer to this request.</param>
/// <param name="Denied">The person has said no.</param>
internal sealed record Continuation(IReadOnlyDictionary<string, string> Parameters, Guid? PushedId = null, DateTimeOffset? AskedAt = null, bool Denied = false);

/// <summary>Writes requests into addresses, where the browser keeps them and nobody can change them.</summary>
internal sealed class Continuations(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("authorize").ToTimeLimitedDataProtector();

    /// <summary>A local address that goes on with the request.</summary>
    internal string AddressOf(Continuation continuation) =>
        Authorize.CallbackPath + QueryString.Create(Authorize.ContinuationParameter, protector.Protect(JsonSerializer.Serialize(continuation), Lifetime));

    /// <summary>The request; null for what has ended or was never ours.</summary>
    internal Continuation? Read(string? text)
    {
        try
        {
            return text is { Length: > 0 } ? JsonSerializer.Deserialize<Continuation>(protector.Unprotect(text)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
