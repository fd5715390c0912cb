using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>An entry's place in its tenant's chain. Its id is the entry's. The application's role can only read links; the relay's role can only add them.</summary>
internal sealed class AuditLink : Entity
{
    private AuditLink()
    {
    }

    /// <summary>1, 2, 3 … in each tenant.</summary>
    public long Sequence { get; private init; }

    /// <summary>See <see cref="AuditChain.Next"/>.</summary>
    public byte[] Hash { get; private init; } = [];

    public DateTimeOffset SealedAt { get; private init; }

    internal static AuditLink Of(AuditEntry entry, long sequence, byte[] hash, DateTimeOffset now) =>
        new() { Id = entry.Id, TenantId = entry.TenantId, Sequence = sequence, Hash = hash, SealedAt = now };
}

/// <summary>The end of a tenant's chain; its id is the tenant's. Whoever keeps it elsewhere notices later that links were cut off or all of them made anew.</summary>
internal sealed class AuditHead : Entity
{
    private AuditHead()
    {
    }

    /// <summary>0 before the first link.</summary>
    public long Sequence { get; private set; }

    public byte[] Hash { get; private set; } = AuditChain.Origin;

    public DateTimeOffset SealedAt { get; private set; }

    internal static AuditHead Of(Guid tenantId) => new() { Id = tenantId, TenantId = tenantId };

    internal AuditLink Append(AuditEntry entry, DateTimeOffset now)
    {
        (Sequence, Hash, SealedAt) = (Sequence + 1, AuditChain.Next(Hash, entry), now);
        return AuditLink.Of(entry, Sequence, Hash, now);
    }
}

/// <summary>How the entries of a tenant hang together.</summary>
internal static class AuditChain
{
    /// <summary>What the first link follows: 32 zero bytes.</summary>
    internal static readonly byte[] Origin = new byte[SHA256.HashSizeInBytes];

    /// <summary>SHA-256 of the previous link's hash and the entry's canonical form.</summary>
    internal static byte[] Next(byte[] previous, AuditEntry entry) => SHA256.HashData([.. previous, .. Canonical(entry)]);

    /// <summary>
    /// Tenant, id, instant (ticks of UTC), actor, action, records, purpose, reason's digest (hex), trace id: each as the length of its UTF-8 (four bytes, big-endian; −1 for null) and the
    /// UTF-8 itself, so that no two entries have the same form.
    /// </summary>
    internal static byte[] Canonical(AuditEntry entry)
    {
        var form = new MemoryStream();
        string?[] fields =
        [
            entry.TenantId.ToString(), entry.Id.ToString(), entry.At.UtcTicks.ToString(CultureInfo.InvariantCulture), entry.Actor, entry.Action, entry.Records, entry.Purpose,
            entry.ReasonDigest is { } digest ? Convert.ToHexStringLower(digest) : null, entry.TraceId,
        ];
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var field in fields)
        {
            var bytes = Encoding.UTF8.GetBytes(field ?? "");
            BinaryPrimitives.WriteInt32BigEndian(length, field is null ? -1 : bytes.Length);
            form.Write(length);
            form.Write(bytes);
        }

        return form.ToArray();
    }
}
