namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>What registering one volunteer or a file of them have in common.</summary>
internal static class Registration
{
    internal const string PhonePattern = @"^\+?[0-9 ()./-]{5,30}$";

    /// <summary>Who is behind these e-mail addresses so far, by their keys: over the network and within the tenant. Meanwhile nobody else registers one of them, and none is erased as nobody's.</summary>
    internal static async Task<Dictionary<string, NetworkVolunteer>> FindPeople(this RosteringDbContext db, IReadOnlyCollection<string> emails, CancellationToken cancellationToken)
    {
        var keys = emails.SelectMany(e => NetworkVolunteer.KeysOf(db.TenantId, e)).ToList();
        db.LockNameAhead($"volunteers {db.NetworkId}");
        return await db.NetworkVolunteers.Where(p => keys.Contains(p.EmailKey)).ToDictionaryAsync(p => p.EmailKey, StringComparer.Ordinal, cancellationToken);
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
