namespace NetworkPlatform.Identity.Clients;

/// <summary>The tenant's API clients, oldest first; never their secrets.</summary>
internal static class ListClients
{
    public sealed record Query(Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(
        Guid Id, string ClientId, string Name, ClientKind Kind, IReadOnlyList<string> Roles, IReadOnlyList<Guid> Chapters, bool Below, DateTimeOffset? ValidFrom, DateTimeOffset? ValidUntil,
        IReadOnlyList<string> GrantTypes, IReadOnlyList<string> Scopes, IReadOnlyList<string> RedirectUris, IReadOnlyList<string> PostLogoutRedirectUris, string TokenEndpointAuthMethod,
        bool RequirePushedAuthorization, bool RequireConsent, string? BackChannelLogoutUri, IReadOnlyList<Secret> Secrets, DateTimeOffset? RevokedAt);

    /// <param name="EndsAt">Null for one that goes on.</param>
    public sealed record Secret(Guid Id, DateTimeOffset? EndsAt);

    internal sealed class Handler(IdentityDbContext db, TimeProvider clock) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            return await db.Clients.AsNoTracking().ToPageById(request.Paging, c => ItemOf(c, now), i => i.Id, cancellationToken);
        }

        private static Item ItemOf(ApiClient c, DateTimeOffset now) => new(
            c.Id, c.PublicId, c.Name, c.Kind, c.Roles, c.Chapters, c.Below, c.ValidFrom, c.ValidUntil, c.GrantTypes, c.Scopes, c.RedirectUris, c.PostLogoutRedirectUris,
            c.AuthenticationMethod, c.RequirePushedAuthorization, c.RequireConsent, c.BackChannelLogoutUri, [.. SecretsOf(c, now)], c.RevokedAt);

        private static IEnumerable<Secret> SecretsOf(ApiClient client, DateTimeOffset now)
        {
            if (client.PreviousSecretHash is { } previous && client.PreviousSecretEndsAt > now)
            {
                yield return new Secret(ApiClient.SecretIdOf(previous), client.PreviousSecretEndsAt);
            }

            if (client.SecretHash is { } current)
            {
                yield return new Secret(ApiClient.SecretIdOf(current), null);
            }
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/clients", (Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(paging), cancellationToken).ToOk())
        .RequirePermission(IdentityPermissions.ReadClients);
}
