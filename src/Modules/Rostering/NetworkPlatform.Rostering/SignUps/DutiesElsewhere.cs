using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>
/// Adds to what candidates have taken in this database what they have in tenants of the network whose rows are in others. Somebody is the same person everywhere by the hash of their
/// e-mail address. While a tenant moves its rows may be in two databases: nobody has two duties at the same time, so equal ones are one.
/// </summary>
internal sealed class DutiesElsewhere(RosteringDbContext db, OtherDatabases<RosteringDbContext> others)
{
    /// <summary>For a decision: two on the same person wait for each other, in whichever databases they are made. Comes after the locks of shift and person.</summary>
    internal async Task<Candidate> AddToDecide(Candidate candidate, DateTimeOffset from, CancellationToken cancellationToken) =>
        (await AddToDecide([candidate], from, cancellationToken))[0];

    internal Task<List<Candidate>> AddToDecide(List<Candidate> candidates, DateTimeOffset from, CancellationToken cancellationToken) => Add(candidates, from, decides: true, cancellationToken);

    internal Task<List<Candidate>> AddToShow(List<Candidate> candidates, DateTimeOffset from, CancellationToken cancellationToken) => Add(candidates, from, decides: false, cancellationToken);

    private async Task<List<Candidate>> Add(List<Candidate> candidates, DateTimeOffset from, bool decides, CancellationToken cancellationToken)
    {
        if (!others.Any || candidates.Count == 0)
        {
            return candidates;
        }

        var ids = candidates.ConvertAll(c => c.PersonId);
        var keys = await db.NetworkVolunteers.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.EmailKey, cancellationToken);
        List<DutyOf> elsewhere = [];
        if (decides)
        {
            // In the order of the keys, so that two who decide on the same people never wait in a circle.
            foreach (var key in keys.Values.Order(StringComparer.Ordinal))
            {
                elsewhere.AddRange(await others.ReadLocked(db, $"duties {db.NetworkId} {key}", other => Duties(other, [key], from), cancellationToken));
            }
        }
        else
        {
            elsewhere.AddRange(await others.Read(other => Duties(other, keys.Values, from), cancellationToken));
        }

        var byKey = elsewhere.ToLookup(d => d.EmailKey, d => d.Duty, StringComparer.Ordinal);
        return candidates.ConvertAll(c => c with { Duties = [.. c.Duties.Union(byKey[keys[c.PersonId]])] });
    }

    private static IQueryable<DutyOf> Duties(RosteringDbContext other, IReadOnlyCollection<string> keys, DateTimeOffset instant) =>
        from person in other.NetworkVolunteers
        where keys.Contains(person.EmailKey)
        from commitment in other.Commitments
        where commitment.PersonId == person.Id && commitment.EndsAt > instant.AddDays(-Commitment.DaysThatCount)
        select new DutyOf(
            person.EmailKey,
            new Duty(commitment.StartsAt, commitment.EndsAt, commitment.TimeZone, commitment.Intensity, commitment.Kind, commitment.Debrief));

    private sealed record DutyOf(string EmailKey, Duty Duty);
}
