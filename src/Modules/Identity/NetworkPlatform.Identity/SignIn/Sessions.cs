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
}
