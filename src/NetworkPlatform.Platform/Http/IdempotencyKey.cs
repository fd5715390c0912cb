using System.Security.Cryptography;
using System.Text;
using NetworkPlatform.Platform.Results;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Http;

public sealed record IdempotencyKeyReused() : RuleBroken("This Idempotency-Key was used for another request. Use a new key for a new request.");

/// <summary>The key of the current request, where its caller sent one: scoped to tenant, caller and route, with a fingerprint of the body.</summary>
public sealed class IdempotencyKey
{
    /// <summary>SHA-256 over caller, route and key, in hex; null where the request has no key.</summary>
    public string? Id { get; private set; }

    /// <summary>SHA-256 over caller, route, key and body, in hex: without the key, which is not kept, a body of few possibilities cannot be guessed from it.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>The request is carried out in the scope of another tenant, under the same key.</summary>
    public void Continue(IdempotencyKey key) => (Id, Fingerprint) = (key.Id, key.Fingerprint);

    internal void Set(string scope, byte[] bodyHash)
    {
        var scopeBytes = Encoding.UTF8.GetBytes(scope);
        Id = Convert.ToHexStringLower(SHA256.HashData(scopeBytes));
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData([.. scopeBytes, .. bodyHash]));
    }
}

/// <summary>Reads <c>Idempotency-Key</c> off a POST and takes the body's fingerprint; the commit behaviour does the rest.</summary>
internal sealed class IdempotencyKeyReader(RequestDelegate next)
{
    internal const int MaxLength = 200;

    public async Task InvokeAsync(HttpContext context, IdempotencyKey key, TenantContext tenant, Caller caller)
    {
        if (HttpMethods.IsPost(context.Request.Method) && tenant.IsResolved && context.Request.Headers["Idempotency-Key"].FirstOrDefault() is { } value)
        {
            if (value.Length is 0 or > MaxLength)
            {
                await new Problem(Invalid.Field("Idempotency-Key", $"Must have 1 to {MaxLength} characters.")).ExecuteAsync(context);
                return;
            }

            context.Request.EnableBuffering();
            var hash = await SHA256.HashDataAsync(context.Request.Body, context.RequestAborted);
            context.Request.Body.Position = 0;
            key.Set($"{caller.Subject}\n{context.Request.Path}{context.Request.QueryString}\n{value}", hash);
        }

        await next(context);
    }
}
