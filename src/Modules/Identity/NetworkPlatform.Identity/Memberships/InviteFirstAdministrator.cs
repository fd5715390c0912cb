namespace NetworkPlatform.Identity.Memberships;

/// <summary>Invites the first administrator of a tenant that the umbrella has added. The invitation is made in that tenant, and audited there.</summary>
internal static class InviteFirstAdministrator
{
    public sealed record Command(Guid NewTenantId, string Email) : ICommand<Done>;

    internal sealed class Handler(ITenantStore tenants, TenantScopes scopes) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await tenants.GetAsync(request.NewTenantId, cancellationToken) is not { } tenant)
            {
                return Done.Instance; // erased meanwhile
            }

            var invited = await scopes.RunAs(tenant, services =>
                services.GetRequiredService<IMediator>().Send(new InviteMember.Command(request.Email, [Roles.TenantAdmin]), cancellationToken));

            // It commits by itself, so what is delivered twice finds the invitation there.
            return invited.Error is null or InvitedAlready ? Done.Instance : Result<Done>.Failure(invited.Error);
        }
    }
}
