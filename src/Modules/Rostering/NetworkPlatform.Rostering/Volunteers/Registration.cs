using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>What registering one volunteer or a file of them have in common.</summary>
internal static class Registration
{
    internal const string PhonePattern = @"^\+?[0-9 ()./-]{5,30}\z";

    /// <summary>Who is behind these e-mail addresses so far, by their keys: over the network and within the tenant. Meanwhile nobody else registers one of them, and none is erased as nobody's.</summary>
    internal static async Task<Dictionary<string, NetworkVolunteer>> FindPeople(this RosteringDbContext db, IReadOnlyCollection<string> emails, CancellationToken cancellationToken)
    {
        var keys = emails.SelectMany(e => NetworkVolunteer.KeysOf(db.TenantId, e)).ToList();
        db.LockRegistrations();
        return await db.NetworkVolunteers.Where(p => keys.Contains(p.EmailKey)).ToDictionaryAsync(p => p.EmailKey, StringComparer.Ordinal, cancellationToken);
    }

    internal static void LockRegistrations(this RosteringDbContext db) => db.LockNameAhead($"volunteers {db.NetworkId}");

    /// <summary>Links new volunteers to the accounts of those who have become members before, by the addresses that they have shown to be theirs.</summary>
    internal static async Task LinkMembers(this RosteringDbContext db, IIdentityQueries identity, IReadOnlyCollection<Volunteer> registered, CancellationToken cancellationToken)
    {
        var members = (await identity.GetMembers([.. registered.Select(v => v.Email)], cancellationToken)).ToDictionary(m => NetworkVolunteer.KeyOf(m.Email), m => m.PersonId, StringComparer.Ordinal);
        var linked = await db.Volunteers.Where(v => members.Values.Contains(v.AccountId!.Value)).Select(v => v.AccountId!.Value).ToHashSetAsync(cancellationToken);
        foreach (var volunteer in registered)
        {
            if (members.TryGetValue(NetworkVolunteer.KeyOf(volunteer.Email), out var account) && linked.Add(account))
            {
                volunteer.AccountId = account;
            }
        }
    }

    /// <summary>What the volunteer has taken counts as the person's with this address from now on, over the network or within the tenant. The caller holds the person's lock.</summary>
    /// <returns>False where another volunteer of the tenant is that person already: nothing is changed then.</returns>
    internal static async Task<bool> TryCountAs(this RosteringDbContext db, Volunteer volunteer, string email, bool overNetwork, CancellationToken cancellationToken)
    {
        var people = await db.FindPeople([email], cancellationToken);
        var known = people.Values.Select(p => p.Id).ToList();
        if (await db.Volunteers.AnyAsync(v => v.Id != volunteer.Id && known.Contains(v.PersonId), cancellationToken))
        {
            return false;
        }

        var (before, after) = (volunteer.PersonId, db.PersonOf(people, email, overNetwork).Id);
        db.LockPersonById(after);
        var commitments = await db.Commitments
            .Where(c => c.PersonId == before)
            .Where(c => db.SignUps.Any(s => s.Id == c.Id && s.VolunteerId == volunteer.Id) || db.Swaps.Any(s => s.Id == c.Id && s.FromVolunteerId == volunteer.Id))
            .ToListAsync(cancellationToken);
        commitments.ForEach(c => c.PersonId = after);
        (volunteer.PersonId, volunteer.CountedHereOnly, volunteer.Email) = (after, !overNetwork, email.Trim());
        return true;
    }

    /// <summary>The person of the key that the consent asks for; added where the network has not met them.</summary>
    internal static NetworkVolunteer PersonOf(this RosteringDbContext db, Dictionary<string, NetworkVolunteer> people, string email, bool overNetwork)
    {
        var key = overNetwork ? NetworkVolunteer.KeyOf(email) : NetworkVolunteer.KeyWithin(db.TenantId, email);
        if (!people.TryGetValue(key, out var person))
        {
            people[key] = person = new NetworkVolunteer { EmailKey = key };
            db.Add(person);
        }

        return person;
    }
}
