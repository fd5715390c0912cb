namespace NetworkPlatform.Identity.Memberships;

/// <summary>What a person may do in one tenant, and when. Begins with the person's own consent.</summary>
[AboutPerson(nameof(PersonId), Kept = true)]
internal sealed class Membership : Entity
{
    /// <summary>See <see cref="People.Person"/>, which the whole network shares: so no foreign key, and the name is asked for by id.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>At least one of <see cref="Platform.Http.Roles"/>.</summary>
    public required string[] Roles { get; set; }

    /// <summary>The chapters that the roles are limited to; none for the whole tenant.</summary>
    public Guid[] Chapters { get; set; } = [];

    /// <summary>Whether the roles hold for every tenant below, too.</summary>
    public bool Below { get; set; }

    /// <summary>From when on the roles are held; null for always.</summary>
    public DateTimeOffset? ValidFrom { get; set; }

    /// <summary>When the roles end; null for never. No token outlives it.</summary>
    public DateTimeOffset? ValidUntil { get; set; }

    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>When the tenant or the person ended it.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    internal void Hold(IRoleGrant grant)
    {
        Roles = [.. grant.Roles.Distinct(StringComparer.Ordinal)];
        Chapters = [.. (grant.Chapters ?? []).Distinct()];
        (Below, ValidFrom, ValidUntil) = (grant.Below, grant.ValidFrom, grant.ValidUntil);
    }

    internal bool HoldsAt(DateTimeOffset now) => EndedAt is null && !(ValidFrom > now) && !(ValidUntil <= now);
}
