using System.Text.Json.Serialization;

namespace NetworkPlatform.Identity.Memberships;

/// <summary>One member and their roles.</summary>
internal static class GetMember
{
    [AuditedRead("contact")]
    public sealed record Query(Guid MembershipId) : IQuery<Response>;

    public sealed record Response(
        Guid Id, Guid PersonId, string Name, string Email, IReadOnlyList<string> Roles, IReadOnlyList<Guid> Chapters, bool Below, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil,
        DateTimeOffset JoinedAt, [property: JsonIgnore] int Version) : IVersioned;

    internal sealed class Handler(IdentityDbContext db) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var member = await db.Memberships.Where(m => m.Id == request.MembershipId && m.EndedAt == null)
                .Join(db.People, m => m.PersonId, p => p.Id, (m, p) => new Response(m.Id, p.Id, p.Name, p.Email, m.Roles, m.Chapters, m.Below, m.ValidFrom, m.ValidUntil, m.JoinedAt, m.Version))
                .SingleOrDefaultAsync(cancellationToken);
            return member is null ? new MembershipNotFound() : member;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/members/{membershipId:guid}", (Guid membershipId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(membershipId), cancellationToken).ToTagged())
        .RequirePermission(IdentityPermissions.ReadMembers);
}
