using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.SignIn;

internal static class Sessions
{
    /// <summary>Ends a session, and with it, on every node, the tokens of its grants. The clients that acted in it are told.</summary>
    internal static Task End(this IdentityDbContext db, SignInSession session, AccessTokens tokens, Outbox outbox, DateTimeOffset now, CancellationToken cancellationToken) =>
        session.EndedAt is null ? db.End([session], tokens, outbox, now, cancellationToken) : Task.CompletedTask;

    /// <summary>The person cannot sign in any more, and every session and token of theirs ends now, on every node.</summary>
    internal static async Task ShutOut(this IdentityDbContext db, Person person, AccessTokens tokens, Outbox outbox, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (person.DisabledAt, person.SecurityStamp) = (person.DisabledAt ?? now, Guid.NewGuid().ToString("N"));
        tokens.Revoked(person.Id, outbox);
        await db.EndAll(person, tokens, outbox, now, cancellationToken);
    }

    /// <summary>Ends every session of the person, but for the one that goes on.</summary>
    internal static async Task EndAll(this IdentityDbContext db, Person person, AccessTokens tokens, Outbox outbox, DateTimeOffset now, CancellationToken cancellationToken, Guid? but = null)
    {
        var over = Over(now);
        var sessions = await db.Sessions.Where(s => s.PersonId == person.Id && s.EndedAt == null && s.Id != but && s.CreatedAt >= over).ToListAsync(cancellationToken);
        await db.End(sessions, tokens, outbox, now, cancellationToken);
    }

    /// <summary>The person signs in otherwise from now on: this session goes on, their others end.</summary>
    internal static Task EndOthers(this IdentityDbContext db, SignInSession own, Person person, AccessTokens tokens, Outbox outbox, DateTimeOffset now, CancellationToken cancellationToken)
    {
        own.SecurityStamp = person.SecurityStamp;
        return db.EndAll(person, tokens, outbox, now, cancellationToken, but: own.Id);
    }

    internal static async Task<SignInSession> Begin(this IdentityDbContext db, Person person, string[] methods, string? userAgent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // With them goes what clients were still to be told.
        var over = Over(now);
        await db.Sessions.Where(s => s.PersonId == person.Id && s.CreatedAt < over).ExecuteDeleteAsync(cancellationToken);
        var session = SignInSession.Begin(person, methods, userAgent, now);
        db.Add(session);
        return session;
    }

    private static async Task End(this IdentityDbContext db, List<SignInSession> sessions, AccessTokens tokens, Outbox outbox, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var session in sessions)
        {
            session.EndedAt = now;
            tokens.Revoked(session.Id, outbox);
        }

        var ids = sessions.ConvertAll(s => s.Id);
        foreach (var notice in await db.LogoutNotices.Where(n => ids.Contains(n.SessionId)).Select(n => n.Id).ToListAsync(cancellationToken))
        {
            outbox.Publish(new LogoutDue(notice));
        }
    }

    /// <summary>On a session from before then nothing can stand any more.</summary>
    private static DateTimeOffset Over(DateTimeOffset now) => now - SignInSession.Lifetime - TokenSettings.GrantLifetime;

    /// <summary>Ends the browser's session until now, where it has one, so that nobody else keeps it.</summary>
    internal static async Task EndReplaced(this IdentityDbContext db, Guid? sessionId, AccessTokens tokens, Outbox outbox, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (sessionId is { } id && await db.Sessions.SingleOrDefaultAsync(s => s.Id == id, cancellationToken) is { } session)
        {
            await db.End(session, tokens, outbox, now, cancellationToken);
        }
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
