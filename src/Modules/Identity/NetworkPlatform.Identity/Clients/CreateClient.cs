using NetworkPlatform.Identity.Memberships;

namespace NetworkPlatform.Identity.Clients;

/// <summary>Creates an API client of the current tenant. Its secret is shown in this answer and never again.</summary>
internal static class CreateClient
{
    /// <param name="Roles">At least one of the roles that exist.</param>
    /// <param name="Chapters">Limits the roles to these chapters; only coordinators and viewers can be limited.</param>
    /// <param name="Below">The roles hold for every tenant below this umbrella, too.</param>
    /// <param name="ValidFrom">From when on the roles are held.</param>
    /// <param name="ValidUntil">When they end; no token outlives it.</param>
    public sealed record Command(
        string Name, IReadOnlyList<string> Roles, IReadOnlyList<Guid>? Chapters = null, bool Below = false, DateTimeOffset? ValidFrom = null, DateTimeOffset? ValidUntil = null)
        : ICommand<Response>, IRoleGrant;

    public sealed record Response(Guid Id, string ClientId, string ClientSecret);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).Text(ApiClient.NameLength);
            Include(new RoleGrantValidator());
        }
    }

    internal sealed class Handler(IdentityDbContext db, GrantingRules granting) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await granting.Refuse(request, cancellationToken) is { } refusal)
            {
                return Result<Response>.Failure(refusal);
            }

            var (secret, hash) = ApiClient.NewSecret();
            var client = new ApiClient
            {
                Name = request.Name.Trim(),
                Roles = [.. request.Roles.Distinct(StringComparer.Ordinal)],
                Chapters = [.. (request.Chapters ?? []).Distinct()],
                Below = request.Below,
                ValidFrom = request.ValidFrom,
                ValidUntil = request.ValidUntil,
                SecretHash = hash,
            };
            db.Add(client);
            return new Response(client.Id, ApiClient.ClientIdOf(client.TenantId, client.Id), secret);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/clients", (Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command, cancellationToken).ToCreated(r => $"/clients/{r.Id}"))
        .RequirePermission(IdentityPermissions.ManageClients);
}
