using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Memberships;

/// <summary>The tenant ends a membership. The person's account stays theirs.</summary>
internal static class RemoveMember
{
    public sealed record Command(Guid MembershipId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, GrantingRules granting, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var member = await db.LockMembership(m => m.Id == request.MembershipId, cancellationToken);
            if (member is null)
            {
                return new MembershipNotFound();
            }

            var refusal = await granting.Refuse(member, cancellationToken) ?? await db.End(member, tokens, outbox, clock.GetUtcNow(), cancellationToken);
            return refusal is null ? Done.Instance : Result<Done>.Failure(refusal);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/members/{membershipId:guid}", (Guid membershipId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(membershipId), cancellationToken).ToNoContent())
        .RequirePermission(IdentityPermissions.ManageMembers);
}
