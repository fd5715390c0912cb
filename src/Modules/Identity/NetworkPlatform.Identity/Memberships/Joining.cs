using System.Linq.Expressions;
using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Memberships;

/// <summary>How memberships begin and end, whoever wants it.</summary>
internal static class Joining
{
    internal static Task<Invitation?> LockInvitation(this IdentityDbContext db, Guid invitationId, CancellationToken cancellationToken)
    {
        db.LockAhead("identity.invitations", $"tenant_id = {db.TenantId} AND id = {invitationId}");
        return db.Invitations.SingleOrDefaultAsync(i => i.Id == invitationId, cancellationToken);
    }

    /// <summary>The open invitation of the address, of which there is one at a time.</summary>
    internal static Task<Guid?> FindOpenInvitation(this IdentityDbContext db, string normalizedEmail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.LockNameAhead($"invitation {db.TenantId} {normalizedEmail}");
        return db.Invitations.Where(i => i.NormalizedEmail == normalizedEmail && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now).Select(i => (Guid?)i.Id).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>A membership that has not ended. One at a time changes who administers the tenant: two who leave at once must not leave nobody.</summary>
    internal static Task<Membership?> LockMembership(this IdentityDbContext db, Expression<Func<Membership, bool>> which, CancellationToken cancellationToken)
    {
        db.LockNameAhead($"memberships {db.TenantId}");
        return db.Memberships.Where(m => m.EndedAt == null).SingleOrDefaultAsync(which, cancellationToken);
    }

    /// <summary>Whether the person has a membership already. One whose time is over ends here, and gives way to a new one.</summary>
    internal static async Task<bool> IsMember(this IdentityDbContext db, Guid personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = db.Memberships.Where(m => m.PersonId == personId && m.EndedAt == null);
        await open.Where(m => m.ValidUntil <= now).ExecuteUpdateAsync(m => m.SetProperty(x => x.EndedAt, now), cancellationToken);
        return await open.AnyAsync(cancellationToken);
    }

    /// <summary>Makes the person a member of the current tenant, and tells the others.</summary>
    internal static async Task<Membership> Join(
        this IdentityDbContext db, Outbox outbox, Person person, IRoleGrant grant, Guid? volunteerId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var membership = new Membership { PersonId = person.Id, Roles = [], JoinedAt = now };
        membership.Hold(grant);
        db.Add(membership);
        membership.TellWhenOver(outbox);
        if (!await db.Affiliations.AnyAsync(a => a.PersonId == person.Id && a.TenantId == membership.TenantId, cancellationToken))
        {
            db.Add(new Affiliation { PersonId = person.Id, TenantId = membership.TenantId });
        }

        outbox.Publish(new MemberJoined(person.Id, person.Name, person.Email, membership.Roles, volunteerId));
        return membership;
    }

    /// <summary>Sees to it that the others hear when its time is over, as things are.</summary>
    internal static void TellWhenOver(this Membership membership, Outbox outbox)
    {
        if (membership.ValidUntil is { } until)
        {
            outbox.PublishAt(until, new MembershipTimeUp(membership.Id));
        }
    }

    /// <summary>Ends the membership, which must be locked. Null, or why it has to stay.</summary>
    internal static async Task<Error?> End(this IdentityDbContext db, Membership member, AccessTokens tokens, Outbox outbox, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.IsLastAdministrator(member, now, cancellationToken))
        {
            return new LastAdministrator();
        }

        member.EndedAt = now;
        if (await db.Affiliations.SingleOrDefaultAsync(a => a.PersonId == member.PersonId && a.TenantId == member.TenantId, cancellationToken) is { } affiliation)
        {
            db.Remove(affiliation);
        }

        tokens.Revoked(member.PersonId, outbox);
        outbox.Publish(new MemberLeft(member.PersonId));
        return null;
    }

    internal static async Task<bool> IsLastAdministrator(this IdentityDbContext db, Membership member, DateTimeOffset now, CancellationToken cancellationToken) =>
        member.Administers(now) && !await db.HasOtherAdministrator([member.Id], member.AdministersUntil(now), now, cancellationToken);

    /// <summary>Whether somebody administers the tenant but by these memberships: who can sign in, and at least until then.</summary>
    internal static async Task<bool> HasOtherAdministrator(this IdentityDbContext db, Guid[] than, DateTimeOffset until, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await db.Memberships.AsNoTracking()
            .Where(m => !than.Contains(m.Id) && m.EndedAt == null && db.People.Any(p => p.Id == m.PersonId && p.DisabledAt == null && p.ErasedAt == null))
            .ToListAsync(cancellationToken)).Exists(m => m.AdministersUntil(now) >= until);
}
