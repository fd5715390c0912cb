using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.Memberships;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Merging;

/// <summary>
/// What the absorbed account is in the current tenant becomes the kept one's, from now on: what had ended of the kept one's before stays ended. Where both are members, the kept one's membership stays, and only where and when the
/// absorbed one's held too: a merge never gives anybody a right that the account did not have. One whose time is over is none beside one that holds.
/// </summary>
internal static class MoveMembership
{
    public sealed record Command(Guid KeptId, Guid AbsorbedId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var absorbed = await db.LockMembership(m => m.PersonId == request.AbsorbedId, cancellationToken);
            if (absorbed is null)
            {
                return Done.Instance;
            }

            var now = clock.GetUtcNow();
            var kept = await db.IsMember(request.KeptId, now, cancellationToken)
                ? await db.Memberships.SingleAsync(m => m.PersonId == request.KeptId && m.EndedAt == null, cancellationToken)
                : null;
            if (kept is null)
            {
                kept = new Membership { PersonId = request.KeptId, Roles = [], JoinedAt = now };
                kept.Hold(absorbed);
                db.Add(kept);
                if (!await db.Affiliations.AnyAsync(a => a.PersonId == request.KeptId && a.TenantId == absorbed.TenantId, cancellationToken))
                {
                    db.Add(new Affiliation { PersonId = request.KeptId, TenantId = absorbed.TenantId });
                }
            }
            else if (!(absorbed.ValidUntil <= now) && !await db.TryNarrow(kept, absorbed, now, cancellationToken))
            {
                return new LastAdministrator();
            }

            foreach (var login in await db.ExternalLogins.Where(l => l.PersonId == request.AbsorbedId).ToListAsync(cancellationToken))
            {
                login.PersonId = request.KeptId;
            }

            kept.TellWhenOver(outbox);
            absorbed.EndedAt = now;
            db.RemoveRange(await db.Affiliations.Where(a => a.PersonId == request.AbsorbedId && a.TenantId == absorbed.TenantId).ToListAsync(cancellationToken));
            tokens.Revoked(request.KeptId, outbox);
            tokens.Revoked(request.AbsorbedId, outbox);
            outbox.Publish(new PeopleMerged(request.KeptId, request.AbsorbedId));
            return Done.Instance;
        }
    }
}
