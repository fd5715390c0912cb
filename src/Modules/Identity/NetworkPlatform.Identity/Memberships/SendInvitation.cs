using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Memberships;

/// <summary>Mails the link by which an invitation is accepted.</summary>
internal static class SendInvitation
{
    public sealed record Command(Guid InvitationId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, ProtectedTokens tokens, Letters letters, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            if (await db.Invitations.SingleOrDefaultAsync(i => i.Id == request.InvitationId, cancellationToken) is { } invitation && invitation.IsOpen(now))
            {
                var language = await db.People.Where(p => p.NormalizedEmail == invitation.NormalizedEmail).Select(p => p.Culture).FirstOrDefaultAsync(cancellationToken);
                var token = tokens.Make(InvitationToken.Purpose, new InvitationToken(invitation.TenantId, invitation.Id), invitation.ExpiresAt - now);
                await letters.Send(invitation.Email, language, "invitation", ("/account/invitation", token), cancellationToken);
            }

            return Done.Instance;
        }
    }
}
