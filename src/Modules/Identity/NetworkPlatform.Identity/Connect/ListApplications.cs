namespace NetworkPlatform.Identity.Connect;

/// <summary>The applications that may act for a person in the current tenant, or ask to without the person being asked again, by name.</summary>
internal static class ListApplications
{
    public sealed record Query(Guid PersonId) : IQuery<IReadOnlyList<Item>>;

    /// <param name="ClientId">Public id.</param>
    public sealed record Item(string ClientId, string Name, IReadOnlyList<string> Scopes, DateTimeOffset Since);

    internal sealed class Handler(IdentityDbContext db, ClientAuthentication clients, TimeProvider clock) : IQueryHandler<Query, IReadOnlyList<Item>>
    {
        public async Task<Result<IReadOnlyList<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            var held = (await db.LiveGrants(clock.GetUtcNow()).AsNoTracking().Where(g => g.PersonId == request.PersonId).ToListAsync(cancellationToken))
                .Select(g => (g.ClientId, g.Scopes, Since: g.CreatedAt))
                .Concat((await db.Consents.AsNoTracking().Where(c => c.PersonId == request.PersonId).ToListAsync(cancellationToken)).Select(c => (c.ClientId, c.Scopes, Since: c.GivenAt)));
            List<Item> found = [];
            foreach (var ofClient in held.GroupBy(h => h.ClientId, StringComparer.Ordinal))
            {
                // One that was revoked can do nothing with what it was given.
                if (await clients.Find(ofClient.Key, cancellationToken) is { } known)
                {
                    found.Add(new Item(ofClient.Key, known.Client.Name, [.. ofClient.SelectMany(h => h.Scopes).Distinct(StringComparer.Ordinal)], ofClient.Min(h => h.Since)));
                }
            }

            return Result<IReadOnlyList<Item>>.Success(found.OrderBy(a => a.Name, StringComparer.Ordinal).ToList());
        }
    }
}
