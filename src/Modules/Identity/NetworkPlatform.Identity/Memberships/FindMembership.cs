namespace NetworkPlatform.Identity.Memberships;

/// <summary>A person's own membership of the current tenant.</summary>
internal static class FindMembership
{
    public sealed record Query(Guid PersonId) : IQuery<Response>;

    public sealed record Response(IReadOnlyList<string> Roles, DateTimeOffset JoinedAt, DateTimeOffset? ValidUntil);

    internal sealed class Handler(IdentityDbContext db) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken) =>
            await db.Memberships.Where(m => m.PersonId == request.PersonId && m.EndedAt == null).Select(m => new Response(m.Roles, m.JoinedAt, m.ValidUntil)).SingleOrDefaultAsync(cancellationToken) is { } found
                ? found
                : new MembershipNotFound();
    }
}
