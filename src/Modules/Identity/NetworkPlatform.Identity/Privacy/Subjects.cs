using NetworkPlatform.Identity.Memberships;
using NetworkPlatform.Identity.Merging;

namespace NetworkPlatform.Identity.Privacy;

/// <summary>Finds everything that stands for one human being in the current tenant, by asking every module.</summary>
internal sealed class Subjects(IdentityDbContext db, IEnumerable<IPersonalData> modules, TenantContext current, ITenantStore tenants, TenantScopes scopes)
{
    /// <param name="personId">A person who is or was a member; null for volunteers without an account.</param>
    /// <param name="alsoIds">More ids that are said to be theirs.</param>
    /// <param name="isAsking">Whether it is for the person themself: then the accounts that were merged into theirs count, too, wherever they were members.</param>
    /// <returns>Null where one of the ids is nobody's here.</returns>
    internal async Task<DataSubject?> Find(Guid? personId, IReadOnlyCollection<Guid> alsoIds, bool isAsking, CancellationToken cancellationToken)
    {
        var emails = personId is { } id ? await FindEmails(id, isAsking, cancellationToken) : [];
        if (emails is null)
        {
            return null;
        }

        var subject = SubjectOf(personId, emails, alsoIds, isAsking);
        var known = await FindIds(subject, cancellationToken);
        return subject.Ids.All(known.Contains) ? subject with { Ids = [.. known] } : null;
    }

    /// <summary>Everything that stands by now for whom the erasure was asked for, beside what did then.</summary>
    internal async Task<DataSubject> FindAgain(Erasure erasure, CancellationToken cancellationToken)
    {
        var emails = erasure.PersonId is { } id ? await FindEmails(id, erasure.Everywhere, cancellationToken) : null;
        var subject = SubjectOf(emails is null ? null : erasure.PersonId, emails ?? [], erasure.SubjectIds, erasure.Everywhere);
        return subject with { Ids = [.. subject.Ids.Union(await FindIds(subject, cancellationToken))] };
    }

    /// <summary>The other tenants in which the person, by whichever of their accounts, is or was a member: what they have left still holds something on them.</summary>
    internal async Task<IReadOnlyList<TenantInfo>> OtherTenantsOf(Guid personId, CancellationToken cancellationToken)
    {
        var accounts = await db.Read(() => db.WithAbsorbed([personId], cancellationToken), cancellationToken);
        List<TenantInfo> found = [];
        foreach (var tenant in await tenants.GetNetworkAsync(current.Tenant.NetworkId, cancellationToken))
        {
            if (tenant.Id != current.Tenant.Id && await scopes.Read(tenant, there => there.Memberships.AnyAsync(m => accounts.Contains(m.PersonId), cancellationToken), cancellationToken))
            {
                found.Add(tenant);
            }
        }

        return found;
    }

    /// <summary>Whether anything of the subject must stay, here or, where it is a person, in one of the other tenants.</summary>
    internal async Task<bool> IsHeld(DataSubject here, Guid? personId, IReadOnlyList<TenantInfo> others, CancellationToken cancellationToken)
    {
        foreach (var held in await db.Read(() => db.LegalHolds.Where(h => h.LiftedAt == null).Select(h => h.SubjectId).Distinct().ToListAsync(cancellationToken), cancellationToken))
        {
            // One on a person is on their volunteers too, which may be asked for without them.
            if (here.Ids.Contains(held) || (await Find(held, [], isAsking: false, cancellationToken) is { } theirs && theirs.Ids.Any(here.Ids.Contains)))
            {
                return true;
            }
        }

        foreach (var tenant in others)
        {
            var isHeld = await scopes.RunAs(tenant, async services =>
            {
                var subjects = services.GetRequiredService<Subjects>();
                return await subjects.Find(personId, [], isAsking: true, cancellationToken) is { } there && await subjects.IsHeld(there, personId, [], cancellationToken);
            });
            if (isHeld)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Slugs of this tenant and the others that nobody would administer without the person.</summary>
    internal async Task<IReadOnlyList<string>> AdministeredAlone(Guid personId, IReadOnlyList<TenantInfo> others, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<string> alone = await IsOnlyAdministrator(personId, now, cancellationToken) ? [current.Tenant.Identifier] : [];
        foreach (var tenant in others)
        {
            if (await scopes.RunAs(tenant, services => services.GetRequiredService<Subjects>().IsOnlyAdministrator(personId, now, cancellationToken)))
            {
                alone.Add(tenant.Identifier);
            }
        }

        return alone;
    }

    private static DataSubject SubjectOf(Guid? personId, IReadOnlyCollection<string> emails, IReadOnlyCollection<Guid> alsoIds, bool isAsking) =>
        new([.. alsoIds.Concat(personId is { } id ? [id] : []).Distinct()], emails, isAsking);

    private async Task<IReadOnlyCollection<Guid>> FindIds(DataSubject subject, CancellationToken cancellationToken)
    {
        HashSet<Guid> known = [];
        int before;
        do
        {
            before = known.Count;
            foreach (var module in modules)
            {
                // What one has found may lead another on.
                known.UnionWith(await module.FindIds(subject with { Ids = [.. subject.Ids.Union(known)] }, cancellationToken));
            }
        }
        while (known.Count > before);

        return known;
    }

    private Task<bool> IsOnlyAdministrator(Guid personId, DateTimeOffset now, CancellationToken cancellationToken) => db.Read(
        async () => await db.Memberships.AsNoTracking().SingleOrDefaultAsync(m => m.PersonId == personId && m.EndedAt == null, cancellationToken) is { } member
            && await db.IsLastAdministrator(member, now, cancellationToken),
        cancellationToken);

    /// <summary>The addresses that are proved to be the person's, by every account of theirs that counts here; null where they neither are nor were a member.</summary>
    private Task<IReadOnlyCollection<string>?> FindEmails(Guid id, bool byAnyAccount, CancellationToken cancellationToken) => db.Read<IReadOnlyCollection<string>?>(
        async () =>
        {
            var accounts = await db.WithAbsorbed([id], cancellationToken);
            var counting = byAnyAccount ? accounts : [id];
            return await db.Memberships.AnyAsync(m => counting.Contains(m.PersonId), cancellationToken) && await db.People.AnyAsync(p => p.Id == id && p.ErasedAt == null, cancellationToken)
                ? await db.People
                    .Where(p => accounts.Contains(p.Id) && p.EmailConfirmedAt != null && p.ErasedAt == null && (byAnyAccount || db.Memberships.Any(m => m.PersonId == p.Id)))
                    .Select(p => p.Email).ToListAsync(cancellationToken)
                : null;
        },
        cancellationToken);
}
