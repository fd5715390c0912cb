using System.Text.Json.Serialization;
using NetworkPlatform.Identity.Memberships;

namespace NetworkPlatform.Identity.Clients;

/// <summary>Gives an API client a new secret, shown in this answer and never again. The one before counts for a while, so that nothing stands still meanwhile.</summary>
internal static class AddClientSecret
{
    /// <param name="PreviousEndsAt">When the secret before ends: within 90 days; in a day where it is left out.</param>
    public sealed record Command(DateTimeOffset? PreviousEndsAt = null) : ICommand<Response>
    {
        [JsonIgnore]
        public Guid ClientId { get; init; }
    }

    public sealed record Response(Guid SecretId, string ClientSecret, DateTimeOffset? PreviousEndsAt);

    internal sealed class Validator : AbstractValidator<Command>
    {
        private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

        public Validator(TimeProvider clock) => RuleFor(c => c.PreviousEndsAt)
            .Must(end => end is null || (end > clock.GetUtcNow() && end <= clock.GetUtcNow() + Longest)).WithMessage("Must be within the next 90 days.");
    }

    internal sealed class Handler(IdentityDbContext db, GrantingRules granting, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var client = await db.Clients.SingleOrDefaultAsync(c => c.Id == request.ClientId && c.RevokedAt == null, cancellationToken);
            if (client is null)
            {
                return new ClientNotFound();
            }

            // Whoever holds the secret holds the roles.
            if (await granting.Refuse(client, cancellationToken) is { } refusal)
            {
                return Result<Response>.Failure(refusal);
            }

            if (client.AuthenticationMethod != "client_secret_basic")
            {
                return new ClientHasNoSecrets();
            }

            if (client.HasTwoSecrets(now))
            {
                return new TwoSecretsAreLive();
            }

            var secret = client.NewSecret(request.PreviousEndsAt ?? now.AddDays(1));
            return new Response(ApiClient.SecretIdOf(client.SecretHash!), secret, client.PreviousSecretEndsAt);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/clients/{clientId:guid}/secrets", (Guid clientId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { ClientId = clientId }, cancellationToken).ToCreated(r => $"/clients/{clientId}/secrets/{r.SecretId}"))
        .RequirePermission(IdentityPermissions.ManageClients);
}
