using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Auditing;

/// <summary>What is wrong with a link.</summary>
public enum AuditFault
{
    /// <summary>The link, or the entry that it is of, is gone.</summary>
    Missing,

    /// <summary>The entry, its reason or the link itself says something else than when it was sealed.</summary>
    Changed,

    /// <summary>The chain goes on as if the link were not there.</summary>
    Added,

    /// <summary>The link belongs elsewhere in the chain.</summary>
    OutOfOrder,

    /// <summary>An entry has been without a link for too long.</summary>
    Unsealed,
}

/// <summary>The first link of a tenant's chain that does not hold.</summary>
/// <param name="Sequence">The link's; 0 for an entry without one.</param>
public sealed record AuditBreak(Guid TenantId, long Sequence, Guid? EntryId, AuditFault Fault, string What);

/// <summary>Computes tenants' chains anew from their entries and compares. Needs no more than the relay's role.</summary>
public static class AuditVerification
{
    private const int AtOnce = 1000;

    private static readonly TimeSpan SealedWithin = TimeSpan.FromMinutes(20);

    /// <summary>Verifies one tenant's chain, or every one, and reports a line for each.</summary>
    /// <param name="head">A <c>sequence:hash</c> that was kept elsewhere, which the tenant's chain in the main database must go through.</param>
    /// <param name="ownHead">The same, for the chain in the tenant's own database.</param>
    /// <returns>The first break of each chain that is broken.</returns>
    /// <exception cref="InvalidOperationException">There is no such tenant, or the head is malformed.</exception>
    public static async Task<IReadOnlyList<AuditBreak>> VerifyAsync(
        IServiceProvider services, string? tenant, string? head, string? ownHead, Action<string> report, CancellationToken cancellationToken)
    {
        var (kept, keptOwn) = (ParseHead(head), ParseHead(ownHead));
        if (tenant is null && (kept ?? keptOwn) is not null)
        {
            throw new InvalidOperationException("A head is one tenant's: name the tenant with --tenant.");
        }

        var store = services.GetRequiredService<ITenantStore>();
        var chosen = tenant is null ? null : await store.GetByIdentifierAsync(tenant, cancellationToken) ?? throw new InvalidOperationException($"There is no tenant '{tenant}'.");
        if (keptOwn is not null && chosen is not { Database: not null })
        {
            throw new InvalidOperationException($"'{tenant}' has no database of its own.");
        }

        List<AuditBreak> breaks = [];
        IEnumerable<TenantDatabase> others = chosen is null ? await store.GetDatabasesAsync(cancellationToken) : chosen.Database is { } own ? [own] : [];
        foreach (var (database, number) in others.Prepend(null).Select((database, number) => (database, number)))
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<PlatformDbContext>>().CreateDbContextAsync(cancellationToken);
            db.LocateAt(database);
            var where = database is null ? "" : chosen is null ? $" (in other database {number})" : " (in its own database)";
            var ids = chosen is not null ? [chosen.Id] : await db.AuditEntries.IgnoreQueryFilters(ModuleDbContext.EveryTenant).Select(e => e.TenantId)
                .Union(db.AuditHeads.IgnoreQueryFilters(ModuleDbContext.EveryTenant).Select(h => h.TenantId)).ToListAsync(cancellationToken);
            foreach (var id in ids.Order())
            {
                var (found, end) = await Verify(db, id, database is null ? kept : keptOwn, services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellationToken);
                report(found is null
                    ? $"{id}{where}: {end.Sequence} link(s) hold; head {end.Sequence}:{Convert.ToHexStringLower(end.Hash)}"
                    : $"{id}{where}: BROKEN at link {found.Sequence}, {found.Fault}: {found.What} (entry {found.EntryId?.ToString() ?? "unknown"})");
                if (found is not null)
                {
                    breaks.Add(found);
                }
            }
        }

        return breaks;
    }

    private static async Task<(AuditBreak? Break, (long Sequence, byte[] Hash) End)> Verify(
        PlatformDbContext db, Guid tenant, (long Sequence, byte[] Hash)? kept, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The head first: what is sealed while this runs comes after it.
        var head = await db.AuditHeads.IgnoreQueryFilters(ModuleDbContext.EveryTenant).AsNoTracking().SingleOrDefaultAsync(h => h.TenantId == tenant, cancellationToken);
        var (sequence, hash) = (0L, AuditChain.Origin);
        await foreach (var place in Chain(db, tenant, cancellationToken))
        {
            if (head is not null && place.Link.Sequence > head.Sequence)
            {
                break;
            }

            var fault = place.Link.Sequence != sequence + 1 ? new AuditBreak(tenant, sequence + 1, null, AuditFault.Missing, "there is no such link")
                : place.Entry is null ? new AuditBreak(tenant, place.Link.Sequence, place.Link.Id, AuditFault.Missing, "its entry is gone")
                : place.Reason is { } reason && (place.Entry.ReasonDigest is not { } digest || !digest.AsSpan().SequenceEqual(reason.Digest()))
                    ? new AuditBreak(tenant, place.Link.Sequence, place.Link.Id, AuditFault.Changed, "its reason is not the one that was given")
                : Follows(hash, place) ? null : await Diagnose(db, tenant, hash, place, cancellationToken);
            if (fault is not null)
            {
                return (fault, default);
            }

            (sequence, hash) = (place.Link.Sequence, place.Link.Hash);
            if (kept is var (keptSequence, keptHash) && sequence == keptSequence && !hash.AsSpan().SequenceEqual(keptHash))
            {
                return (new AuditBreak(tenant, sequence, place.Link.Id, AuditFault.Changed, "the chain was made anew: the head that was kept is another"), default);
            }
        }

        if (Math.Max(head?.Sequence ?? 0, kept?.Sequence ?? 0) is var end && end > sequence)
        {
            return (new AuditBreak(tenant, sequence + 1, null, AuditFault.Missing, $"the chain went on to link {end}"), default);
        }

        if (head is not null && !head.Hash.AsSpan().SequenceEqual(hash))
        {
            return (new AuditBreak(tenant, sequence, null, AuditFault.Changed, "the head's hash is not the last link's"), default);
        }

        var due = now - SealedWithin;
        var waiting = await db.AuditEntries.IgnoreQueryFilters(ModuleDbContext.EveryTenant).AsNoTracking()
            .Where(e => e.TenantId == tenant && e.At < due && !db.AuditLinks.Any(l => l.TenantId == tenant && l.Id == e.Id))
            .OrderBy(e => e.At).FirstOrDefaultAsync(cancellationToken);
        return (waiting is null ? null : new AuditBreak(tenant, 0, waiting.Id, AuditFault.Unsealed, $"an entry of {waiting.At:O} has no link"), (sequence, hash));
    }

    /// <summary>Which link should have come here tells what happened to the one that did.</summary>
    private static async Task<AuditBreak> Diagnose(PlatformDbContext db, Guid tenant, byte[] before, Place here, CancellationToken cancellationToken)
    {
        var sequence = here.Link.Sequence;
        await foreach (var other in Chain(db, tenant, cancellationToken))
        {
            if (other.Link.Sequence != sequence && Follows(before, other))
            {
                return other.Link.Sequence == sequence + 1 && !Follows(other.Link.Hash, here)
                    ? new AuditBreak(tenant, sequence, here.Link.Id, AuditFault.Added, "the next link follows from the one before it")
                    : new AuditBreak(tenant, sequence, here.Link.Id, AuditFault.OutOfOrder, $"link {other.Link.Sequence} belongs here");
            }
        }

        return new AuditBreak(tenant, sequence, here.Link.Id, AuditFault.Changed, "its hash does not follow from the link before it and its entry");
    }

    private static bool Follows(byte[] previous, Place place) => place.Entry is not null && AuditChain.Next(previous, place.Entry).AsSpan().SequenceEqual(place.Link.Hash);

    private static async IAsyncEnumerable<Place> Chain(PlatformDbContext db, Guid tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = 0L;
        while (true)
        {
            var places = await (
                from link in db.AuditLinks.IgnoreQueryFilters(ModuleDbContext.EveryTenant)
                where link.TenantId == tenant && link.Sequence > last
                join e in db.AuditEntries on new { link.TenantId, link.Id } equals new { e.TenantId, e.Id } into entries
                from entry in entries.DefaultIfEmpty()
                join r in db.AuditReasons on new { link.TenantId, link.Id } equals new { r.TenantId, r.Id } into reasons
                from reason in reasons.DefaultIfEmpty()
                orderby link.Sequence
                select new Place(link, entry, reason)).Take(AtOnce).AsNoTracking().ToListAsync(cancellationToken);
            foreach (var place in places)
            {
                yield return place;
            }

            if (places.Count < AtOnce)
            {
                yield break;
            }

            last = places[^1].Link.Sequence;
        }
    }

    private static (long Sequence, byte[] Hash)? ParseHead(string? head)
    {
        if (head is null)
        {
            return null;
        }

        var hash = new byte[SHA256.HashSizeInBytes];
        return head.Split(':') is [var number, var hex] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && hex.Length == hash.Length * 2 && Convert.FromHexString(hex, hash, out _, out _) == System.Buffers.OperationStatus.Done
            ? (sequence, hash)
            : throw new InvalidOperationException("A head is SEQUENCE:HASH, as GET /audit/head and the verification tell it.");
    }

    private sealed record Place(AuditLink Link, AuditEntry? Entry, AuditReason? Reason);
}
