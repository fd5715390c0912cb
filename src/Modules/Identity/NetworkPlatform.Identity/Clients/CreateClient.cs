using NetworkPlatform.Tenancy.Contracts;

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
        : ICommand<Response>;

    public sealed record Response(Guid Id, string ClientId, string ClientSecret);

    internal sealed class Validator : AbstractValidator<Command>
    {
        private static readonly string[] Limitable = [Platform.Http.Roles.Coordinator, Platform.Http.Roles.Viewer];

        public Validator()
        {
            RuleFor(c => c.Name).Text(ApiClient.NameLength);
            RuleFor(c => c.Roles)
                .Must(roles => roles is { Count: > 0 } && roles.All(role => Platform.Http.Roles.All.Contains(role, StringComparer.Ordinal)))
                .WithMessage($"Must be one or more of {string.Join(", ", Platform.Http.Roles.All)}.");
            RuleFor(c => c.Chapters)
                .Must(chapters => chapters is null or { Count: > 0 and <= 100 }).WithMessage("Must be 1 to 100 chapters; leave it out for the whole tenant.")
                .Must((command, chapters) => chapters is null || (!command.Below && command.Roles.All(role => Limitable.Contains(role, StringComparer.Ordinal))))
                .WithMessage($"Only {string.Join(" and ", Limitable)} can be limited to chapters, and not what reaches below.");
            RuleFor(c => c.ValidUntil).Must((command, until) => until is null || command.ValidFrom is null || until > command.ValidFrom).WithMessage("Must be later than validFrom.");
        }
    }

    internal sealed class Handler(IdentityDbContext db, TenantContext current, Caller caller, ITenancyQueries tenancy) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var isOfNetwork = current.Tenant.IsUmbrella && caller.Has(Roles.NetworkAdmin);
            if (request.Roles.Contains(Roles.NetworkAdmin, StringComparer.Ordinal) && !isOfNetwork)
            {
                return new RoleNotYoursToGrant(Roles.NetworkAdmin);
            }

            if (request.Below && !isOfNetwork)
            {
                return new BelowNotYoursToGrant();
            }

            Guid[] chapters = [.. (request.Chapters ?? []).Distinct()];
            var known = await tenancy.GetChapters(chapters, cancellationToken);
            if (chapters.Except(known.Select(c => c.Id)).Cast<Guid?>().FirstOrDefault() is { } unknown)
            {
                return new ChapterNotFound(unknown);
            }

            var (secret, hash) = ApiClient.NewSecret();
            var client = new ApiClient
            {
                Name = request.Name.Trim(),
                Roles = [.. request.Roles.Distinct(StringComparer.Ordinal)],
                Chapters = chapters,
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
