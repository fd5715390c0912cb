using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Identity;

internal sealed class IdentityQueries(IdentityDbContext db, ILookupNormalizer normalizer) : IIdentityQueries
{
    public Task<IReadOnlyList<MemberInfo>> GetMembers(IReadOnlyCollection<string> emails, CancellationToken cancellationToken)
    {
        var keys = emails.Select(e => normalizer.NormalizeEmail(e.Trim())).ToList();
        return db.Read<IReadOnlyList<MemberInfo>>(
            async () => await db.People
                .Where(p => keys.Contains(p.NormalizedEmail) && p.EmailConfirmedAt != null && db.Memberships.Any(m => m.PersonId == p.Id && m.EndedAt == null))
                .Select(p => new MemberInfo(p.Id, p.Email)).ToListAsync(cancellationToken),
            cancellationToken);
    }
}
