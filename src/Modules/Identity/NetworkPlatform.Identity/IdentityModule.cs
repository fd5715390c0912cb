using Microsoft.AspNetCore.Authentication;
using NetworkPlatform.Identity.Audit;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity;

/// <summary>API clients, and the access tokens by which every endpoint knows its caller.</summary>
public sealed class IdentityModule : IModule
{
    public void AddServices(ModuleBuilder module)
    {
        module.AddContext<IdentityDbContext>();
        module.Services.AddSingleton(TokenSettings.From(module.Configuration)).AddSingleton<SigningKeys>().AddSingleton<AccessTokens>();
        module.Services.AddAuthentication(AccessTokenAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, AccessTokenAuthentication>(AccessTokenAuthentication.SchemeName, null);
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        CreateClient.Map(routes);
        CreateMemberClient.Map(routes);
        ListClients.Map(routes);
        RevokeClient.Map(routes);
        ListAudit.Map(routes);
        GetAuditHead.Map(routes);
    }

    public void MapRootEndpoints(IEndpointRouteBuilder routes)
    {
        DiscoveryDocument.Map(routes);
        IssueToken.Map(routes);
    }
}
