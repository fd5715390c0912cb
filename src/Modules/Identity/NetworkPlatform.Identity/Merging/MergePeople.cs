using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Merging;

/// <summary>Makes two agreed accounts one: tenant by tenant, then the absorbed account ends. What is cut short is finished by doing it again.</summary>
internal static class MergePeople
{
    public sealed record Command(Guid MergeId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, UserManager<Person> users, ITenantStore tenants, TenantScopes scopes, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            // One at a time: of two that go crosswise the second finds an account that has ended.
            db.LockNameAhead($"merges {db.NetworkId}");
            var merge = await db.LockMerge(request.MergeId, cancellationToken);
            if (merge is not { IsAgreed: true, DoneAt: null } || !await db.IsOfTwo(merge, cancellationToken))
            {
                return Done.Instance;
            }

            // Each in its tenant and its own transaction, before this one touches the people that those refer to.
            foreach (var id in await db.Affiliations.AsNoTracking().Where(a => a.PersonId == merge.AbsorbedId).Select(a => a.TenantId).ToListAsync(cancellationToken))
            {
                if (await tenants.GetAsync(id, cancellationToken) is { } tenant)
                {
                    var moved = await scopes.Send(tenant, new MoveMembership.Command(merge.KeptId, merge.AbsorbedId), cancellationToken);
                    if (!moved.IsSuccess)
                    {
                        return moved;
                    }
                }
            }

            var absorbed = await db.People.SingleAsync(p => p.Id == merge.AbsorbedId, cancellationToken);
            merge.DoneAt = clock.GetUtcNow();
            absorbed.DisabledAt ??= merge.DoneAt;
            await users.UpdateSecurityStampAsync(absorbed);
            return Done.Instance;
        }
    }
}
