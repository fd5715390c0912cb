using System.Security.Cryptography;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Privacy;

/// <summary>Gives back the places that the volunteers still hold, and empties them: their past sign-ups stay, as those of somebody whom nobody can name.</summary>
internal static class ErasePersonalData
{
    public sealed record Command(ErasureOrder Order) : ICommand<Done>;

    internal sealed class Handler(
        RosteringDbContext db, GivingBack places, ITenantStore tenants, TenantScopes scopes, TenantContext current, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var volunteers = await db.Volunteers.Where(v => request.Order.Ids.Contains(v.Id)).OrderBy(v => v.Id).ToListAsync(cancellationToken);
            foreach (var volunteer in volunteers)
            {
                await places.GiveBack(volunteer.Id, reason: null, cancellationToken);
            }

            foreach (var volunteer in volunteers)
            {
                volunteer.Qualifications = Qualifications.None;
                await CutFromNetwork(volunteer, request.Order.Everywhere, cancellationToken);
            }

            if (await places.IsAnyLeft([.. volunteers.Select(v => v.Id)], cancellationToken))
            {
                return new ChangedMeanwhile(); // tried again
            }

            await db.EraseRecords(request.Order.Ids, ofNetworkToo: false, clock.GetUtcNow(), cancellationToken);
            return Done.Instance;
        }

        /// <summary>Their load protects nobody any more, and the hash of their address goes, unless another tenant knows them by it.</summary>
        private async Task CutFromNetwork(Volunteer volunteer, bool everywhere, CancellationToken cancellationToken)
        {
            // Nobody registers them elsewhere meanwhile.
            db.LockNameAhead($"volunteers {db.NetworkId}");
            db.LockPerson(volunteer.Id);
            var person = await db.NetworkVolunteers.SingleAsync(p => p.Id == volunteer.PersonId, cancellationToken);
            await db.Commitments.Where(c => db.SignUps.Any(s => s.Id == c.Id && s.VolunteerId == volunteer.Id)).ExecuteDeleteAsync(cancellationToken);
            var nobodysKey = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            if (everywhere || !await IsKnownElsewhere(person.Id, cancellationToken))
            {
                person.EmailKey = nobodysKey;
                return;
            }

            var nobody = new NetworkVolunteer { EmailKey = nobodysKey };
            db.Add(nobody);
            volunteer.PersonId = nobody.Id;
        }

        /// <summary>To tenants in the same database; in others they are known by a row of their own.</summary>
        private async Task<bool> IsKnownElsewhere(Guid personId, CancellationToken cancellationToken)
        {
            var here = current.Tenant;
            foreach (var tenant in (await tenants.GetNetworkAsync(here.NetworkId, cancellationToken)).Where(t => t.Id != here.Id && t.Database == here.Database))
            {
                if (await scopes.RunAs(tenant, services => Knows(services.GetRequiredService<RosteringDbContext>(), personId, cancellationToken)))
                {
                    return true;
                }
            }

            return false;
        }

        private static Task<bool> Knows(RosteringDbContext there, Guid personId, CancellationToken cancellationToken) =>
            there.Read(() => there.Volunteers.AnyAsync(v => v.PersonId == personId, cancellationToken), cancellationToken);
    }
}
