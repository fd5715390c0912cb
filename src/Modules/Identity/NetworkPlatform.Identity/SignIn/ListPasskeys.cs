namespace NetworkPlatform.Identity.SignIn;

/// <summary>A person's passkeys, oldest first.</summary>
internal static class ListPasskeys
{
    public sealed record Query(Guid PersonId) : IQuery<IReadOnlyList<Item>>;

    public sealed record Item(Guid Id, string Name, DateTimeOffset CreatedAt, bool IsBackedUp);

    internal sealed class Handler(IdentityDbContext db) : IQueryHandler<Query, IReadOnlyList<Item>>
    {
        public async Task<Result<IReadOnlyList<Item>>> Handle(Query request, CancellationToken cancellationToken) => Result<IReadOnlyList<Item>>.Success(
            await db.Passkeys.Where(p => p.PersonId == request.PersonId).OrderBy(p => p.Id).Select(p => new Item(p.Id, p.Name, p.CreatedAt, p.IsBackedUp)).ToListAsync(cancellationToken));
    }
}
