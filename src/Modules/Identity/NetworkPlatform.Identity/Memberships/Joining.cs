using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Memberships;

internal static class Joining
{
    /// <summary>Makes the person a member of the current tenant, and tells the others.</summary>
    internal static async Task<Membership> Join(
        this IdentityDbContext db, Outbox outbox, Person person, IRoleGrant grant, Guid? volunteerId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var membership = new Membership { PersonId = person.Id, Roles = [], JoinedAt = now };
        membership.Hold(grant);
        db.Add(membership);
        if (!await db.Affiliations.AnyAsync(a => a.PersonId == person.Id && a.TenantId == membership.TenantId, cancellationToken))
        {
            db.Add(new Affiliation { PersonId = person.Id, TenantId = membership.TenantId });
        }

        outbox.Publish(new MemberJoined(person.Id, person.Name, person.Email, membership.Roles, volunteerId));
        return membership;
    }
}
