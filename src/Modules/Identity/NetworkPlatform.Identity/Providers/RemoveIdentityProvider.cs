using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Providers;

/// <summary>The tenant's people sign in on our own pages only. Sessions that the provider began end.</summary>
internal static class RemoveIdentityProvider
{
    public sealed record Command : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.IdentityProviders.SingleOrDefaultAsync(cancellationToken) is not { } provider)
            {
                return new IdentityProviderNotFound();
            }

            db.Remove(provider);
            await db.EndFederation(tokens, outbox, clock.GetUtcNow(), cancellationToken);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/tenant/identity-provider", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Command(), cancellationToken).ToNoContent())
        .RequirePermission(IdentityPermissions.ManageProvider);
}
