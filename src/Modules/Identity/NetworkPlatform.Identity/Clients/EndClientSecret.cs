using NetworkPlatform.Identity.Memberships;

namespace NetworkPlatform.Identity.Clients;

/// <summary>Ends one of an API client's secrets at once; its other one, if there is one, goes on.</summary>
internal static class EndClientSecret
{
    public sealed record Command(Guid ClientId, Guid SecretId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, GrantingRules granting) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var client = await db.Clients.SingleOrDefaultAsync(c => c.Id == request.ClientId, cancellationToken);
            if (client is null)
            {
                return new ClientNotFound();
            }

            // Who may not give it may not take it away either.
            if (await granting.Refuse(client, cancellationToken) is { } refusal)
            {
                return Result<Done>.Failure(refusal);
            }

            return client.EndSecret(request.SecretId) ? Done.Instance : new SecretNotFound();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/clients/{clientId:guid}/secrets/{secretId:guid}", (Guid clientId, Guid secretId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(clientId, secretId), cancellationToken).ToNoContent())
        .RequirePermission(IdentityPermissions.ManageClients);
}
