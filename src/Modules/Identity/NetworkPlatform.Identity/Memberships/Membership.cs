namespace NetworkPlatform.Identity.Memberships;

/// <summary>What a person may do in one tenant, and when. Begins with the person's own consent.</summary>
[AboutPerson(nameof(PersonId), Kept = true)]
internal sealed class Membership : Entity, IRoleGrant
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

    IReadOnlyList<string> IRoleGrant.Roles => Roles;

    IReadOnlyList<Guid>? IRoleGrant.Chapters => Chapters.NoneIsNull();

    /// <summary>Whether the person can grant roles in the tenant: what somebody must always be able to.</summary>
    internal bool Administers(DateTimeOffset now) => HoldsAt(now) && Roles.Contains(Platform.Http.Roles.TenantAdmin, StringComparer.Ordinal);

    /// <summary>Until when, as things are; the beginning of time where they do not.</summary>
    internal DateTimeOffset AdministersUntil(DateTimeOffset now) => Administers(now) ? ValidUntil ?? DateTimeOffset.MaxValue : DateTimeOffset.MinValue;

    internal void Hold(IRoleGrant grant)
    {
        Roles = [.. grant.Roles.Distinct(StringComparer.Ordinal)];
        Chapters = [.. (grant.Chapters ?? []).Distinct()];
        (Below, ValidFrom, ValidUntil) = (grant.Below, grant.ValidFrom, grant.ValidUntil);
    }

    /// <summary>
    /// The same roles, but only where and when the other holds too. Where the two have no chapter or no time in common it stays as it is, since none of a limit would read as no limit.
    /// </summary>
    internal void NarrowTo(Membership other)
    {
        var chapters = (Chapters, other.Chapters) switch
        {
            ({ Length: 0 }, var theirs) => theirs,
            (var own, { Length: 0 }) => own,
            var (own, theirs) => [.. own.Intersect(theirs)],
        };
        var from = ValidFrom is { } a && other.ValidFrom is { } b ? (a > b ? a : b) : ValidFrom ?? other.ValidFrom;
        var until = ValidUntil is { } c && other.ValidUntil is { } d ? (c < d ? c : d) : ValidUntil ?? other.ValidUntil;
        if ((chapters.Length == 0 && Chapters.Length > 0) || until <= from)
        {
            return;
        }

        // Roles that no chapter can limit stay the whole tenant's: limiting them would make them mean something else.
        Chapters = Roles.All(r => r is Platform.Http.Roles.Coordinator or Platform.Http.Roles.Viewer) ? chapters : Chapters;
        (Below, ValidFrom, ValidUntil) = (Below && other.Below, from, until);
    }

    internal bool HoldsAt(DateTimeOffset now) => EndedAt is null && !(ValidFrom > now) && !(ValidUntil <= now);
}
