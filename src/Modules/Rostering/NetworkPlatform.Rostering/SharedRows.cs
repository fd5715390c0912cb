using System.Runtime.CompilerServices;
using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering;

/// <summary>What a tenant has in the tables that belong to its network, when it is erased or moves to another database.</summary>
internal static class SharedRows
{
    private const int AtOnce = 1000;

    /// <summary>What its sign-ups weigh, and the people whom nobody else in the network refers to.</summary>
    internal static async Task<int> Erase(RosteringDbContext db, IAsyncEnumerable<ModuleDbContext> neighbours, CancellationToken cancellationToken)
    {
        var umbrella = db.BoundTenant!.Identifier;
        var erased = await Weighing(db).ExecuteDeleteAsync(cancellationToken) + await db.NetworkPolicies.Where(p => p.Umbrella == umbrella).ExecuteDeleteAsync(cancellationToken);

        // Nobody registers one of them elsewhere meanwhile.
        db.LockNameAhead($"volunteers {db.NetworkId}");
        var alone = await db.Volunteers.Where(v => !db.Commitments.Any(c => c.PersonId == v.PersonId)).Select(v => v.PersonId).ToHashSetAsync(cancellationToken);
        if (alone.Count > 0)
        {
            await foreach (var neighbour in neighbours.WithCancellation(cancellationToken))
            {
                alone.ExceptWith(await ((RosteringDbContext)neighbour).Volunteers.Where(v => alone.Contains(v.PersonId)).Select(v => v.PersonId).ToListAsync(cancellationToken));
            }
        }

        return erased + await db.NetworkVolunteers.Where(p => alone.Contains(p.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>The same, brought to another database. A person whom that knows already by another id is the same one.</summary>
    internal static async IAsyncEnumerable<int> TakeOver(RosteringDbContext from, RosteringDbContext to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<Guid, Guid> idThere = [];
        foreach (var people in (await from.NetworkVolunteers.AsNoTracking().Where(p => from.Volunteers.Any(v => v.PersonId == p.Id)).ToListAsync(cancellationToken)).Chunk(AtOnce))
        {
            var keys = people.Select(p => p.EmailKey).ToList();
            var known = await to.NetworkVolunteers.AsNoTracking().Where(p => keys.Contains(p.EmailKey)).ToDictionaryAsync(p => p.EmailKey, p => p.Id, StringComparer.Ordinal, cancellationToken);
            foreach (var person in people)
            {
                idThere[person.Id] = known.GetValueOrDefault(person.EmailKey, person.Id);
                if (!known.ContainsKey(person.EmailKey))
                {
                    to.Add(person.Copy());
                }
            }

            yield return people.Length - known.Count;
        }

        foreach (var (here, there) in idThere.Where(p => p.Key != p.Value))
        {
            await to.Volunteers.Where(v => v.PersonId == here).ExecuteUpdateAsync(set => set.SetProperty(v => v.PersonId, there), cancellationToken);
        }

        var umbrella = from.BoundTenant!.Identifier;
        var policies = await from.NetworkPolicies.AsNoTracking().Where(p => p.Umbrella == umbrella).OrderBy(p => p.Number).ToListAsync(cancellationToken);
        if (policies.Count > 0)
        {
            // Other umbrellas' changes there have been counted, too.
            var newest = await to.NetworkPolicies.MaxAsync(p => (int?)p.Number, cancellationToken) ?? 0;
            to.AddRange(policies.Select(p => p.After(newest)));
            yield return policies.Count;
        }

        foreach (var commitments in (await Weighing(from).OrderBy(c => c.Id).ToListAsync(cancellationToken)).Chunk(AtOnce))
        {
            to.AddRange(commitments.Select(c => c.By(idThere[c.PersonId])));
            yield return commitments.Length;
        }

        if (!(await Weighing(from).Select(c => c.Id).Order().ToListAsync(cancellationToken)).SequenceEqual(await Weighing(to).Select(c => c.Id).Order().ToListAsync(cancellationToken)))
        {
            throw new InvalidOperationException("rostering.commitments: what has arrived is not what was there.");
        }
    }

    private static IQueryable<Commitment> Weighing(RosteringDbContext db) =>
        db.Commitments.AsNoTracking().Where(c => db.SignUps.Any(s => s.Id == c.Id) || db.Swaps.Any(s => s.Id == c.Id));
}
