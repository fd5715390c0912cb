using NetworkPlatform.Identity.Keys;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Providers;

/// <summary>
/// Sets the OpenID provider at which the tenant's people may sign in. It is asked whether it is there, and can do what is needed, before anything is kept. Sessions that another one began end.
/// </summary>
internal static class SetIdentityProvider
{
    /// <param name="Name">As its button on the sign-in page says.</param>
    /// <param name="Issuer">Its https address, exactly as its tokens name it.</param>
    /// <param name="ClientSecret">Shown to nobody; empty keeps the one that is there while issuer and client stay the same.</param>
    public sealed record Command(string Name, string Issuer, string ClientId, string? ClientSecret) : ICommand<Done>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).Text(IdentityProvider.NameLength);
            RuleFor(c => c.Issuer).Text(IdentityProvider.IssuerLength)
                .Must(issuer => Uri.TryCreate(issuer, UriKind.Absolute, out var uri) && uri.Query.Length == 0 && uri.Fragment.Length == 0 && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
                .WithMessage("Must be an https address without query and fragment, such as 'https://login.example.org'.");
            RuleFor(c => c.ClientId).Text(IdentityProvider.ClientIdLength);
            RuleFor(c => c.ClientSecret).OptionalText(IdentityProvider.SecretLength);
        }
    }

    internal sealed class Handler(IdentityDbContext db, Issuers issuers, AtRestEncryption encryption, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        private static readonly string[] Needed = ["authorization_endpoint", "token_endpoint", "userinfo_endpoint"];

        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            try
            {
                var document = await issuers.Find(request.Issuer, cancellationToken);
                foreach (var endpoint in Needed)
                {
                    _ = document.Endpoint(endpoint);
                }
            }
            catch (IssuerUnavailableException exception)
            {
                return new IdentityProviderUnusable(exception.Message);
            }

            var provider = await db.IdentityProviders.SingleOrDefaultAsync(cancellationToken);
            var isSame = provider is not null && provider.Issuer == request.Issuer && provider.ClientId == request.ClientId;
            if (provider is null)
            {
                provider = IdentityProvider.Of(db.TenantId, request.Name, request.Issuer, request.ClientId);
                db.Add(provider);
            }
            else if (!isSame)
            {
                await db.EndFederation(tokens, outbox, clock.GetUtcNow(), cancellationToken);
            }

            (provider.Name, provider.Issuer, provider.ClientId) = (request.Name.Trim(), request.Issuer, request.ClientId);
            if (request.ClientSecret is { Length: > 0 } || !isSame)
            {
                provider.Keep(request.ClientSecret, encryption);
            }

            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/tenant/identity-provider", (Command command, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(command, cancellationToken).ToNoContent())
        .RequirePermission(IdentityPermissions.ManageProvider);
}
