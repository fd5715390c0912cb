using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Identity.Clients;

/// <summary>An umbrella gives one of its members an API client, so that a new member can begin. The client is made in the member's own tenant, and audited there.</summary>
internal static class CreateMemberClient
{
    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/network/members/{memberId:guid}/clients", (
            Guid memberId, CreateClient.Command command, ITenancyQueries tenancy, ITenantStore tenants, TenantScopes scopes, IdempotencyKey key, CancellationToken cancellationToken) =>
            Create(memberId, command, tenancy, tenants, scopes, key, cancellationToken).ToCreated(_ => $"/network/members/{memberId}/clients"))
        .RequirePermission(IdentityPermissions.ManageMemberClients);

    private static async Task<Result<CreateClient.Response>> Create(
        Guid memberId, CreateClient.Command command, ITenancyQueries tenancy, ITenantStore tenants, TenantScopes scopes, IdempotencyKey key, CancellationToken cancellationToken)
    {
        if (!await tenancy.HasMember(memberId, cancellationToken) || await tenants.GetAsync(memberId, cancellationToken) is not { } member)
        {
            return new MemberNotFound();
        }

        return await scopes.RunAs(member, services =>
        {
            services.GetRequiredService<IdempotencyKey>().Continue(key);
            return services.GetRequiredService<IMediator>().Send(command, cancellationToken);
        });
    }
}
