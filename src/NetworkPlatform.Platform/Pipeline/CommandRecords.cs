using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Auditing;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Messaging;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Pipeline;

/// <summary>What is kept of a command beside its effect: the audit row, and the answer for its Idempotency-Key.</summary>
internal sealed class CommandRecords(IdempotencyKey idempotency, AuditTrail audit, AtRestEncryption encryption, TimeProvider clock)
{
    /// <summary>Whether the request has an Idempotency-Key.</summary>
    internal bool MayBeRepeated => idempotency.Id is not null;

    /// <summary>The answer kept for this Idempotency-Key.</summary>
    internal async Task<TResponse?> FindEarlierAnswer<TResponse>(ModuleDbContext db, CancellationToken cancellationToken)
        where TResponse : class, IResult<TResponse>
    {
        if (idempotency.Id is not { } key)
        {
            return null;
        }

        var kept = await db.Set<IdempotentAnswer>().AsNoTracking().SingleOrDefaultAsync(a => a.Key == key, cancellationToken);
        return kept switch
        {
            null => null,
            _ when kept.Fingerprint != idempotency.Fingerprint => TResponse.Failure(new IdempotencyKeyReused()),
            _ => TResponse.Success(JsonSerializer.Deserialize(encryption.Decrypt(Convert.FromBase64String(kept.Response), PurposeOf(key)), TResponse.PayloadType)!),
        };
    }

    internal void Add<TResponse>(ModuleDbContext db, object command, TResponse result)
        where TResponse : class, IResult<TResponse>
    {
        if (command is not IProjection)
        {
            audit.AddChange(db, command);
        }

        if (idempotency.Id is { } key)
        {
            db.AddLast(new IdempotentAnswer
            {
                Key = key,
                Fingerprint = idempotency.Fingerprint,
                Response = Convert.ToBase64String(encryption.Encrypt(JsonSerializer.SerializeToUtf8Bytes(result.Payload, TResponse.PayloadType), PurposeOf(key))),
                At = clock.GetUtcNow(),
            });
        }
    }

    private static string PurposeOf(string key) => $"idempotent-answer {key}";
}
