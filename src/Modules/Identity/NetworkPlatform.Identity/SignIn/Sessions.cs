using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.SignIn;

internal static class Sessions
{
    /// <summary>A new session, in place of the browser's old one.</summary>
    internal static async Task<SignInSession> Begin(
        this IdentityDbContext db, Person person, string[] methods, string? userAgent, Guid? replaces, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (replaces is { } old && await db.Sessions.SingleOrDefaultAsync(s => s.Id == old, cancellationToken) is { } ending)
        {
            ending.EndedAt ??= now;
        }

        var session = SignInSession.Begin(person, methods, userAgent, now);
        db.Add(session);
        return session;
    }

    /// <summary>The person, whom nobody else changes until this transaction ends.</summary>
    internal static Task<Person?> LockPerson(this IdentityDbContext db, Guid personId, CancellationToken cancellationToken)
    {
        db.LockAhead("identity.people", $"network_id = {db.NetworkId} AND id = {personId}");
        return db.People.SingleOrDefaultAsync(p => p.Id == personId, cancellationToken);
    }

    /// <summary>The session and its person, whom nobody else changes meanwhile; null unless they have proved who they are within the last minutes.</summary>
    internal static async Task<(SignInSession Session, Person Person)?> FreshOwner(this IdentityDbContext db, Guid sessionId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId, cancellationToken);
        return session is not null && session.IsAlive(now) && session.IsFresh(now)
            && await db.LockPerson(session.PersonId, cancellationToken) is { MaySignIn: true } person && person.SecurityStamp == session.SecurityStamp
                ? (session, person)
                : null;
    }
}
