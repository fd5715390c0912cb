namespace NetworkPlatform.Identity.Providers;

/// <summary>The tenant's OpenID provider; never its secret.</summary>
internal static class GetIdentityProvider
{
    public sealed record Query : IQuery<Response>;

    /// <param name="RedirectUri">What to register at the provider.</param>
    public sealed record Response(string Name, string Issuer, string ClientId, bool HasSecret, string RedirectUri);

    internal sealed class Handler(IdentityDbContext db, ExternalSignIns external) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var provider = await db.IdentityProviders.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            return provider is null
                ? new IdentityProviderNotFound()
                : new Response(provider.Name, provider.Issuer, provider.ClientId, provider.EncryptedSecret is not null, external.RedirectUri);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/tenant/identity-provider", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Query(), cancellationToken).ToOk())
        .RequirePermission(IdentityPermissions.ManageProvider);
}
