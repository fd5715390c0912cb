namespace NetworkPlatform.Identity.SignIn;

/// <summary>The browsers in which a person is signed in, the one used last first.</summary>
internal static class ListSessions
{
    public sealed record Query(Guid PersonId) : IQuery<IReadOnlyList<Item>>;

    public sealed record Item(Guid Id, string? UserAgent, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt);

    internal sealed class Handler(IdentityDbContext db, TimeProvider clock) : IQueryHandler<Query, IReadOnlyList<Item>>
    {
        public async Task<Result<IReadOnlyList<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var sessions = await db.Sessions.AsNoTracking()
                .Where(s => s.PersonId == request.PersonId && s.EndedAt == null && db.People.Any(p => p.Id == s.PersonId && p.SecurityStamp == s.SecurityStamp))
                .ToListAsync(cancellationToken);
            return Result<IReadOnlyList<Item>>.Success(
                sessions.Where(s => s.IsAlive(now)).OrderByDescending(s => s.LastSeenAt).Select(s => new Item(s.Id, s.UserAgent, s.CreatedAt, s.LastSeenAt)).ToList());
        }
    }
}
