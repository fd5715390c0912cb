using NetworkPlatform.Identity.Memberships;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Clients;

/// <summary>Revokes an API client: no new tokens from now on, and those given out end.</summary>
internal static class RevokeClient
{
    public sealed record Command(Guid ClientId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, GrantingRules granting, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
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

            client.RevokedAt ??= clock.GetUtcNow();
            tokens.Revoked(client.Id, outbox);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/clients/{clientId:guid}", (Guid clientId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(clientId), cancellationToken).ToNoContent())
        .RequirePermission(IdentityPermissions.ManageClients);
}
