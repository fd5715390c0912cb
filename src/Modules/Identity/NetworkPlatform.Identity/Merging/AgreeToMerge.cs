using System.Text.Json.Serialization;
using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.Memberships;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Merging;

/// <summary>The owner of one of the two addresses agrees. Once both have, the accounts become one.</summary>
internal static class AgreeToMerge
{
    public sealed record Command([property: JsonIgnore] string LinkToken) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, ProtectedTokens tokens, ITenantStore tenants, TenantScopes scopes, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            if (tokens.Read<MergeToken>(MergeToken.Purpose, request.LinkToken) is not { } token || await db.LockMerge(token.MergeId, cancellationToken) is not { } merge || !merge.IsOpen(now)
                || !await db.IsOfTwo(merge, cancellationToken))
            {
                return new LinkNotValid();
            }

            var wasAgreed = merge.IsAgreed;
            merge.KeptAgreedAt ??= token.PersonId == merge.KeptId ? now : null;
            merge.AbsorbedAgreedAt ??= token.PersonId == merge.AbsorbedId ? now : null;
            if (merge.IsAgreed && !wasAgreed)
            {
                if (await LeaveSomeTenantToNobody(merge, now, cancellationToken))
                {
                    return new LastAdministrator();
                }

                outbox.Publish(new MergeAgreed(merge.Id));
            }

            return Done.Instance;
        }

        /// <summary>Looked at before anything is moved, since it is the person who can see to it; each tenant looks again when it is its turn.</summary>
        private async Task<bool> LeaveSomeTenantToNobody(PersonMerge merge, DateTimeOffset now, CancellationToken cancellationToken)
        {
            foreach (var id in await db.Affiliations.Where(a => a.PersonId == merge.AbsorbedId).Select(a => a.TenantId).ToListAsync(cancellationToken))
            {
                if (await tenants.GetAsync(id, cancellationToken) is { } tenant && await scopes.Read(tenant, there => LeavesNobody(there, merge, now, cancellationToken), cancellationToken))
                {
                    return true;
                }
            }

            return false;
        }

        private static async Task<bool> LeavesNobody(IdentityDbContext db, PersonMerge merge, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var both = await db.Memberships.AsNoTracking().Where(m => m.EndedAt == null && !(m.ValidUntil <= now) && (m.PersonId == merge.KeptId || m.PersonId == merge.AbsorbedId))
                .ToDictionaryAsync(m => m.PersonId, cancellationToken);
            return both.GetValueOrDefault(merge.KeptId) is { } kept && both.GetValueOrDefault(merge.AbsorbedId) is { } absorbed && !await db.TryNarrow(kept, absorbed, now, cancellationToken);
        }
    }
}
