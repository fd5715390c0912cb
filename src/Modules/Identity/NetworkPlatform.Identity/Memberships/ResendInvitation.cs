using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Identity.Memberships;

/// <summary>Mails an invitation once more; its time begins anew.</summary>
internal static class ResendInvitation
{
    public sealed record Command(Guid InvitationId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, GrantingRules granting, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var invitation = await db.LockInvitation(request.InvitationId, cancellationToken);
            if (invitation is null)
            {
                return new InvitationNotFound();
            }

            if (invitation.AcceptedAt is not null || invitation.RevokedAt is not null)
            {
                return new InvitationClosed();
            }

            if (await granting.Refuse(invitation, cancellationToken) is { } refusal)
            {
                return Result<Done>.Failure(refusal);
            }

            var now = clock.GetUtcNow();
            if (await db.FindOpenInvitation(invitation.NormalizedEmail, now, cancellationToken) is { } open && open != invitation.Id)
            {
                return new InvitedAlready(open);
            }

            invitation.ExpiresAt = now + Invitation.Lifetime;
            outbox.Publish(new InvitationIssued(invitation.Id));
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/members/invitations/{invitationId:guid}/resend", (Guid invitationId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(invitationId), cancellationToken).ToNoContent())
        .RequirePermission(IdentityPermissions.ManageMembers);
}
