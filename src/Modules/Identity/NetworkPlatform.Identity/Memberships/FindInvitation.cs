using System.Text.Json.Serialization;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Memberships;

/// <summary>What the page of an invitation's link shows to whoever holds the link.</summary>
internal static class FindInvitation
{
    public sealed record Query([property: JsonIgnore] string? LinkToken) : IQuery<Response>;

    /// <param name="IsKnown">Whether the address is somebody's in the network already: they sign in to accept.</param>
    public sealed record Response(Guid InvitationId, string Email, string? Name, IReadOnlyList<string> Roles, bool IsKnown);

    internal sealed class Handler(IdentityDbContext db, ProtectedTokens tokens, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            if (tokens.Read<InvitationToken>(InvitationToken.Purpose, request.LinkToken) is not { } token || token.TenantId != db.TenantId
                || await db.Invitations.SingleOrDefaultAsync(i => i.Id == token.InvitationId, cancellationToken) is not { } invitation || !invitation.IsOpen(clock.GetUtcNow()))
            {
                return new LinkNotValid();
            }

            var isKnown = await db.People.AnyAsync(p => p.NormalizedEmail == invitation.NormalizedEmail, cancellationToken);
            return new Response(invitation.Id, invitation.Email, invitation.Name, invitation.Roles, isKnown);
        }
    }
}
