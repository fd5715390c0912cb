using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>
/// Adds to the duties that a person has in this database those in tenants of the network whose rows are in others. Somebody is the same person everywhere by the hash of their e-mail
/// address. While a tenant moves its rows may be in two databases: nobody has two duties at the same time, so equal ones are one.
/// </summary>
internal sealed class DutiesElsewhere(RosteringDbContext db, OtherDatabases<RosteringDbContext> others)
{
    /// <summary>For a decision: two on the same person wait for each other, in whichever databases they are made. Comes after the locks of shift and person.</summary>
    internal Task<List<Duty>> AddToDecide(List<Duty> here, Guid personId, DateTimeOffset instant, CancellationToken cancellationToken) => Add(here, personId, instant, decides: true, cancellationToken);

    internal Task<List<Duty>> AddToShow(List<Duty> here, Guid personId, DateTimeOffset instant, CancellationToken cancellationToken) => Add(here, personId, instant, decides: false, cancellationToken);

    private async Task<List<Duty>> Add(List<Duty> here, Guid personId, DateTimeOffset instant, bool decides, CancellationToken cancellationToken)
    {
        if (!others.Any)
        {
            return here;
        }

        var key = await db.NetworkVolunteers.Where(p => p.Id == personId).Select(p => p.EmailKey).SingleAsync(cancellationToken);
        return [.. here.Union(decides
            ? await others.ReadLocked(db, $"duties {db.NetworkId} {key}", Duties, cancellationToken)
            : await others.Read(Duties, cancellationToken))];

        IQueryable<Duty> Duties(RosteringDbContext other) =>
            from person in other.NetworkVolunteers
            where person.EmailKey == key
            from commitment in other.Commitments
            where commitment.PersonId == person.Id && commitment.EndsAt > instant.AddDays(-Commitment.DaysThatCount)
            select new Duty(commitment.StartsAt, commitment.EndsAt, commitment.TimeZone, commitment.Intensity);
    }
}
