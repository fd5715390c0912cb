namespace NetworkPlatform.Identity.Memberships;

/// <summary>That a person has a membership in a tenant, and no more: so that they find all their tenants.</summary>
[Shared("a person's own list of tenants spans the network; what they may do there stays with each tenant")]
[AboutPerson(nameof(PersonId), OwnEyesOnly = true)]
internal sealed class Affiliation : NetworkEntity
{
    public required Guid PersonId { get; init; }

    public required Guid TenantId { get; init; }
}
