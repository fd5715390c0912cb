using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Merging;

/// <summary>The people of the whole network, for its administrator: who they are, and in how many tenants, not what they do there.</summary>
internal static class ListPeople
{
    /// <param name="Email">Part of the address; everybody where it is not given.</param>
    [AuditedRead("contact")]
    public sealed record Query(Paging Paging, string? Email) : IQuery<Page<Item>>;

    public sealed record Item(Guid Id, string Name, string Email, int Tenants, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Email).OptionalText(Person.EmailLength);
    }

    internal sealed class Handler(IdentityDbContext db, TenantContext current) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            if (current.Tenant.Id != current.Tenant.NetworkId)
            {
                return new NetworkPeopleNotYours();
            }

            var after = request.Paging.After<Guid>();
            var part = request.Email?.Trim().ToUpperInvariant() ?? "";
            var people = await db.People.Where(p => p.ErasedAt == null && p.Id > after && p.NormalizedEmail.Contains(part)).OrderBy(p => p.Id)
                .Take(request.Paging.Limit + 1)
                .Select(p => new Item(p.Id, p.Name, p.Email, db.Affiliations.Count(a => a.PersonId == p.Id), p.CreatedAt, p.DisabledAt)).ToListAsync(cancellationToken);
            return request.Paging.ToPage(people, p => p.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/network/people", (Paging paging, string? email, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(paging, email), cancellationToken).ToOk())
        .RequirePermission(IdentityPermissions.ManagePeople);
}
