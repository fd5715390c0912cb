using Microsoft.AspNetCore.Authentication;
using NetworkPlatform.Identity.Account;
using NetworkPlatform.Identity.Audit;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Memberships;
using NetworkPlatform.Identity.Privacy;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity;

/// <summary>People and how they sign in, what they may do in which tenant, API clients, and the access tokens by which every endpoint knows its caller.</summary>
public sealed class IdentityModule : IModule
{
    public void AddServices(ModuleBuilder module)
    {
        module.AddContext<IdentityDbContext>();
        var settings = TokenSettings.From(module.Configuration);
        module.Services.AddAccountPages(settings);
        module.Services.AddScoped<GrantingRules>().AddScoped<Subjects>().AddSingleton(settings).AddSingleton<SigningKeys>().AddSingleton<AccessTokens>();
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
        CorrectOwnData.Map(routes);
        ExportPersonalData.Map(routes);
        RequestErasure.Map(routes);
        ConfirmErasure.Map(routes);
        ListErasures.Map(routes);
        PlaceLegalHold.Map(routes);
        LiftLegalHold.Map(routes);
        ListLegalHolds.Map(routes);
    }

    public void MapRootEndpoints(IEndpointRouteBuilder routes)
    {
        DiscoveryDocument.Map(routes);
        IssueToken.Map(routes);
        AccountPages.Map(routes);
    }
}
