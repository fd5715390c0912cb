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
            var person = await db.People.AsNoTracking()
                .SingleOrDefaultAsync(p => order.Ids.Contains(p.Id) && !db.Merges.Any(m => m.AbsorbedId == p.Id && m.DoneAt != null && order.Ids.Contains(m.KeptId)), cancellationToken);
            if (person is not null && order.Everywhere)
            {
                var confirmedAt = await db.Erasures.Where(e => e.Id == order.ErasureId).Select(e => e.ConfirmedAt!.Value).SingleAsync(cancellationToken);
                foreach (var tenant in await subjects.OtherTenantsOf(person.Id, cancellationToken))
                {
                    await scopes.RunAs(tenant, async services =>
                    {
                        await services.GetRequiredService<IMediator>().SendOrThrow(new EraseHere.Command(person.Id, confirmedAt), cancellationToken);
                        return Done.Instance;
                    });
                }
            }

            if (!await db.Erasures.AnyAsync(e => e.Id == order.ErasureId, cancellationToken))
            {
                // A backup of before was restored, and this is carried out once more.
                db.Add(Erasure.Confirmed(order.ErasureId, person?.Id, order.Ids, "platform", now));
            }

            await db.EraseRecords(order.Ids, ofNetworkToo: false, now, cancellationToken);
            if (person is not null)
            {
                await Leave(person.Id, order.Ids, now, cancellationToken);
            }

            return Done.Instance;
        }

        private async Task Leave(Guid personId, IReadOnlyCollection<Guid> ids, DateTimeOffset now, CancellationToken cancellationToken)
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
            if (person.ErasedAt is null && !await db.Affiliations.AnyAsync(a => a.PersonId == personId, cancellationToken))
            {
                // With them go accounts that were merged into theirs.
                var accounts = await db.People.Where(p => ids.Contains(p.Id)).ToListAsync(cancellationToken);
                foreach (var account in accounts)
                {
                    await db.ShutOut(account, tokens, outbox, now, cancellationToken);
                    await db.Forget(cancellationToken, SignInLimit.Account(account.NormalizedEmail), SignInLimit.Letters(account.NormalizedEmail), SignInLimit.SecondFactor(account.Id));
                }

                await db.EraseRecords(ids, ofNetworkToo: true, now, cancellationToken);
                accounts.ForEach(account => account.Erase(now));
            }
        }
    }
}
