namespace NetworkPlatform.Identity.Memberships;

/// <summary>A tenant's offer of a membership to whoever owns an e-mail address. It becomes one by that person's consent, once.</summary>
[AboutPerson(nameof(Id))]
[AboutPerson(nameof(VolunteerId))]
[AboutPerson(nameof(AcceptedBy))]
internal sealed class Invitation : Entity, IRoleGrant
{
    internal static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    [Personal]
    public required string Email { get; init; }

    [Personal(Secret = true)]
    public required string NormalizedEmail { get; init; }

    /// <summary>What the tenant knows them by, as a first suggestion.</summary>
    [Personal]
    public string? Name { get; init; }

    public required string[] Roles { get; init; }

    public Guid[] Chapters { get; init; } = [];

    public bool Below { get; init; }

    public DateTimeOffset? ValidFrom { get; init; }

    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The volunteer that the tenant has them down as.</summary>
    public Guid? VolunteerId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    /// <summary>The person who became a member by it, whatever their address; null in rows of before this was kept.</summary>
    public Guid? AcceptedBy { get; private set; }

    public DateTimeOffset? RevokedAt { get; set; }

    IReadOnlyList<string> IRoleGrant.Roles => Roles;

    IReadOnlyList<Guid>? IRoleGrant.Chapters => Chapters.NoneIsNull();

    internal void Accept(Guid personId, DateTimeOffset now) => (AcceptedBy, AcceptedAt) = (personId, now);

    internal bool IsOpen(DateTimeOffset now) => AcceptedAt is null && RevokedAt is null && now < ExpiresAt;
}

/// <summary>What the link in an invitation's letter holds.</summary>
internal sealed record InvitationToken(Guid TenantId, Guid InvitationId)
{
    internal const string Purpose = "invitation";
}

internal sealed record InvitationNotFound() : NotFound("There is no such invitation.");

internal sealed record InvitationClosed() : Conflict("The invitation was accepted or revoked already.");

internal sealed record InvitedAlready(Guid InvitationId) : Conflict("That address has an open invitation already. Send it again, or revoke it first.");

internal sealed record MemberAlready() : Conflict("You are a member already.");

internal sealed record MembershipNotFound() : NotFound("There is no such member.");

internal sealed record LastAdministrator() : Conflict("Somebody must remain who administers the tenant. Make another member tenant-admin first.");
