using NetworkPlatform.Identity.SignIn;
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
            db.RemoveRange(await db.ExternalLogins.ToListAsync(cancellationToken));
            foreach (var session in await db.Sessions.Where(s => s.OnlyIn == db.TenantId && s.EndedAt == null).ToListAsync(cancellationToken))
            {
                await db.End(session, tokens, outbox, clock.GetUtcNow(), cancellationToken);
            }

            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/tenant/identity-provider", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Command(), cancellationToken).ToNoContent())
        .RequirePermission(IdentityPermissions.ManageProvider);
}
