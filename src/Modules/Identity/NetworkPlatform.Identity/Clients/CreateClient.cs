namespace NetworkPlatform.Identity.Clients;

/// <summary>Creates an API client of the current tenant. Its secret is shown in this answer and never again.</summary>
internal static class CreateClient
{
    /// <param name="Roles">At least one of the roles that exist.</param>
    public sealed record Command(string Name, IReadOnlyList<string> Roles) : ICommand<Response>;

    public sealed record Response(Guid Id, string ClientId, string ClientSecret);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).Text(ApiClient.NameLength);
            RuleFor(c => c.Roles)
                .Must(roles => roles is { Count: > 0 } && roles.All(role => Platform.Http.Roles.All.Contains(role, StringComparer.Ordinal)))
                .WithMessage($"Must be one or more of {string.Join(", ", Platform.Http.Roles.All)}.");
        }
    }

    internal sealed class Handler(IdentityDbContext db, TenantContext current, Caller caller) : ICommandHandler<Command, Response>
    {
        public Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (request.Roles.Contains(Roles.NetworkAdmin, StringComparer.Ordinal) && !(current.Tenant.IsUmbrella && caller.Has(Roles.NetworkAdmin)))
            {
                return Task.FromResult<Result<Response>>(new RoleNotYoursToGrant(Roles.NetworkAdmin));
            }

            var (client, secret) = ApiClient.Create(request.Name.Trim(), [.. request.Roles.Distinct(StringComparer.Ordinal)]);
            db.Add(client);
            return Task.FromResult<Result<Response>>(new Response(client.Id, ApiClient.ClientIdOf(client.TenantId, client.Id), secret));
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/clients", (Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command, cancellationToken).ToCreated(r => $"/clients/{r.Id}"))
        .RequirePermission(IdentityPermissions.ManageClients);
}
