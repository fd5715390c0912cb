namespace NetworkPlatform.Identity.Memberships;

/// <summary>Takes an invitation back: its link leads nowhere from now on.</summary>
internal static class RevokeInvitation
{
    public sealed record Command(Guid InvitationId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, GrantingRules granting, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var invitation = await db.LockInvitation(request.InvitationId, cancellationToken);
            if (invitation is null)
            {
                return new InvitationNotFound();
            }

            if (invitation.AcceptedAt is not null)
            {
                return new InvitationClosed();
            }

            // Who may not give it may not take it away either.
            if (await granting.Refuse(invitation, cancellationToken) is { } refusal)
            {
                return Result<Done>.Failure(refusal);
            }

            invitation.RevokedAt ??= clock.GetUtcNow();
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/members/invitations/{invitationId:guid}", (Guid invitationId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(invitationId), cancellationToken).ToNoContent())
        .RequirePermission(IdentityPermissions.ManageMembers);
}
