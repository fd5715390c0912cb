using System.Text.Json;
using NetworkPlatform.Identity.Keys;
using NetworkPlatform.Identity.Memberships;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Clients;

/// <summary>Creates an API client of the current tenant. Its secret is shown in this answer and never again.</summary>
internal static class CreateClient
{
    /// <param name="Roles">A machine's: at least one of the roles that exist. Others have none, since people bring theirs.</param>
    /// <param name="Chapters">Limits the roles to these chapters; only coordinators and viewers can be limited.</param>
    /// <param name="Below">The roles hold, and people sign in, for every tenant below this umbrella, too.</param>
    /// <param name="ValidFrom">From when on the client may be used.</param>
    /// <param name="ValidUntil">When that ends; no token outlives it.</param>
    /// <param name="Kind">machine (the default) acts in its own name; web and native act for people who sign in.</param>
    /// <param name="Scopes">What web and native clients may ask people for.</param>
    /// <param name="Jwks">Public keys of a client that signs its requests (private_key_jwt); it gets no secret.</param>
    /// <param name="RequireConsent">Whether people are asked before it acts for them; they are unless this is false. Then it does so in the tenant alone, and for nothing that is the person's own.</param>
    public sealed record Command(
        string Name, IReadOnlyList<string>? Roles = null, IReadOnlyList<Guid>? Chapters = null, bool Below = false, DateTimeOffset? ValidFrom = null, DateTimeOffset? ValidUntil = null,
        ClientKind Kind = ClientKind.Machine, IReadOnlyList<string>? Scopes = null, IReadOnlyList<string>? RedirectUris = null, IReadOnlyList<string>? PostLogoutRedirectUris = null,
        JsonElement? Jwks = null, bool RequirePushedAuthorization = false, bool RequireConsent = true, string? BackChannelLogoutUri = null, string? IdTokenSignedResponseAlg = null)
        : ICommand<Response>, IRoleGrant
    {
        IReadOnlyList<string> IRoleGrant.Roles => Roles ?? [];
    }

    public sealed record Response(Guid Id, string ClientId, string? ClientSecret);

    internal sealed class Validator : AbstractValidator<Command>
    {
        private static readonly string[] IdTokenAlgorithms = [SigningAlgorithm.RS256, SigningAlgorithm.ES256];

        public Validator()
        {
            RuleFor(c => c.Name).Text(ApiClient.NameLength);
            RuleFor(c => c.Kind).IsInEnum().WithMessage("Must be machine, web or native.");
            When(IsMachine, () => Include(new RoleGrantValidator())).Otherwise(() =>
            {
                RuleFor(c => c.Roles).Must(roles => roles is null or { Count: 0 }).WithMessage("Only a machine has roles; people bring their own.");
                RuleFor(c => c.Chapters).Null().WithMessage("Only a machine is limited to chapters; people bring their own.");
                RuleFor(c => c.ValidUntil).Must((command, until) => until is null || command.ValidFrom is null || until > command.ValidFrom).WithMessage("Must be later than validFrom.");
            });
            RuleFor(c => c.Scopes).Must((command, scopes) => scopes is null || (!IsMachine(command) && scopes.All(s => TokenSettings.Scopes.Contains(s, StringComparer.Ordinal))))
                .WithMessage($"Must be some of {string.Join(", ", TokenSettings.Scopes)}, and is for web and native clients only.");
            RuleFor(c => c.RedirectUris).Must((command, uris) => IsMachine(command) ? uris is null or { Count: 0 } : uris is { Count: > 0 } && AreAddresses(command, uris))
                .WithMessage($"Web and native clients have 1 to {Clients.RedirectUris.Most}, a machine has none: https, http on loopback, or a native application's own scheme such as org.example.app:/back; without fragment or *.");
            RuleFor(c => c.PostLogoutRedirectUris).Must((command, uris) => uris is null || (!IsMachine(command) && AreAddresses(command, uris)))
                .WithMessage($"Web and native clients may have up to {Clients.RedirectUris.Most}, of the same forms as redirectUris.");
            RuleFor(c => c.Jwks).Must((command, keys) => keys is null || (command.Kind != ClientKind.Native && JsonWebKeySet.Read(keys.Value) is not null))
                .WithMessage("Must be a JSON Web Key Set of 1 to 10 public P-256 or RSA (2048 bits or more) keys; a native client has none.");
            RuleFor(c => c.BackChannelLogoutUri).Must((command, uri) => uri is null || (command.Kind == ClientKind.Web && Clients.RedirectUris.MayBeRegistered(uri, ClientKind.Web)))
                .WithMessage("Must be an https address, and is for web clients only.");
            RuleFor(c => c.IdTokenSignedResponseAlg).Must(alg => alg is null || IdTokenAlgorithms.Contains(alg, StringComparer.Ordinal)).WithMessage($"Must be {string.Join(" or ", IdTokenAlgorithms)}.");
        }

        private static bool IsMachine(Command command) => command.Kind == ClientKind.Machine;

        private static bool AreAddresses(Command command, IReadOnlyList<string> uris) =>
            uris.Count <= Clients.RedirectUris.Most && uris.All(uri => Clients.RedirectUris.MayBeRegistered(uri, command.Kind));
    }

    internal sealed class Handler(IdentityDbContext db, GrantingRules granting, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await granting.Refuse(request, cancellationToken) is { } refusal)
            {
                return Result<Response>.Failure(refusal);
            }

            var isMachine = request.Kind == ClientKind.Machine;
            var client = new ApiClient
            {
                Name = request.Name.Trim(),
                Kind = request.Kind,
                Roles = [.. (request.Roles ?? []).Distinct(StringComparer.Ordinal)],
                Chapters = [.. (request.Chapters ?? []).Distinct()],
                Below = request.Below,
                ValidFrom = request.ValidFrom,
                ValidUntil = request.ValidUntil,
                KeySet = request.Jwks is { } keys ? JsonSerializer.Serialize(JsonWebKeySet.Read(keys)) : null,
                RedirectUris = [.. request.RedirectUris ?? []],
                PostLogoutRedirectUris = [.. request.PostLogoutRedirectUris ?? []],
                Scopes = isMachine ? [] : [.. (request.Scopes ?? TokenSettings.Scopes).Distinct(StringComparer.Ordinal)],
                RequirePushedAuthorization = request.RequirePushedAuthorization && !isMachine,
                RequireConsent = request.RequireConsent && !isMachine,
                BackChannelLogoutUri = request.BackChannelLogoutUri,
                IdTokenAlgorithm = request.IdTokenSignedResponseAlg,
            };
            var secret = client.AuthenticationMethod == "client_secret_basic" ? client.NewSecret(clock.GetUtcNow()) : null;
            db.Add(client);
            return new Response(client.Id, client.PublicId, secret);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/clients", (Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command, cancellationToken).ToCreated(r => $"/clients/{r.Id}"))
        .RequirePermission(IdentityPermissions.ManageClients);
}
