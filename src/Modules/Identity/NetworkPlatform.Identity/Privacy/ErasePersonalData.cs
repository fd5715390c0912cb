using NetworkPlatform.Identity.Merging;
using NetworkPlatform.Identity.SignIn;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Privacy;

/// <summary>
/// Ends the person's membership, and with the last one empties their account: only its id stays, as the pseudonym that ledgers and audit keep. Where they leave every tenant, has the
/// others do the same.
/// </summary>
internal static class ErasePersonalData
{
    public sealed record Command(ErasureOrder Order) : ICommand<Done>;

    internal sealed class Handler(
        IdentityDbContext db, Subjects subjects, Tombstones tombstones, AccessTokens tokens, Outbox outbox, TenantContext current, TenantScopes scopes, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var (order, now) = (request.Order, clock.GetUtcNow());
            tombstones.Write(new Tombstone(order.ErasureId, current.Tenant.Id, [.. order.Ids], now));
            if (order.Everywhere)
            {
                var here = await db.Erasures.Where(e => e.Id == order.ErasureId).Select(e => new EraseHere.Command(e.PersonId!.Value, e.ConfirmedAt!.Value)).SingleAsync(cancellationToken);
                foreach (var tenant in await subjects.OtherTenantsOf(here.PersonId, cancellationToken))
                {
                    await scopes.RunAs(tenant, async services =>
                    {
                        await services.GetRequiredService<IMediator>().SendOrThrow(here, cancellationToken);
                        return Done.Instance;
                    });
                }
            }

            // Several where accounts were merged into one.
            var people = await db.People.Where(p => order.Ids.Contains(p.Id)).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(cancellationToken);

            if (!await db.Erasures.AnyAsync(e => e.Id == order.ErasureId, cancellationToken))
            {
                // A backup of before was restored, and this is carried out once more.
                db.Add(Erasure.Confirmed(order.ErasureId, people.Count > 0 ? people[0] : null, order.Ids, "platform", now));
            }

            await db.EraseRecords(order.Ids, ofNetworkToo: false, now, cancellationToken);
            foreach (var personId in people)
            {
                await Leave(personId, now, cancellationToken);
            }

            return Done.Instance;
        }

        private async Task Leave(Guid personId, DateTimeOffset now, CancellationToken cancellationToken)
        {
            tokens.Revoked(personId, outbox);
            foreach (var membership in await db.Memberships.Where(m => m.PersonId == personId).ToListAsync(cancellationToken))
            {
                membership.EndedAt ??= now;
            }

            // Of two tenants that are left at once, the second sees that it is the last.
            db.LockAhead("identity.people", $"network_id = {db.NetworkId} AND id = {personId}");
            var person = await db.People.SingleAsync(p => p.Id == personId, cancellationToken);
            await db.Affiliations.Where(a => a.PersonId == personId && a.TenantId == current.Tenant.Id).ExecuteDeleteAsync(cancellationToken);
            if (person.ErasedAt is null && !await db.Affiliations.AnyAsync(a => a.PersonId == personId, cancellationToken)
                && !await db.Merges.AnyAsync(m => m.AbsorbedId == personId && m.DoneAt != null, cancellationToken))
            {
                // With it go accounts that were merged into it, wherever those were members: until then it is by them that what was left is found.
                var ids = await db.WithAbsorbed([personId], cancellationToken);
                var accounts = await db.People.Where(p => ids.Contains(p.Id)).ToListAsync(cancellationToken);
                foreach (var account in accounts)
                {
                    await db.ShutOut(account, tokens, outbox, now, cancellationToken);
                    await db.Forget(cancellationToken, SignInLimit.Account(account.NormalizedEmail), SignInLimit.Letters(account.NormalizedEmail), SignInLimit.SecondFactor(account.Id), SignInLimit.LettersBy(account.Id));
                }

                await db.EraseRecords(ids, ofNetworkToo: true, now, cancellationToken);
                accounts.ForEach(account => account.Erase(now));
            }
        }
    }
}
