using Microsoft.AspNetCore.Authentication;
using NetworkPlatform.Identity.Account;
using NetworkPlatform.Identity.Audit;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Connect;
using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.Keys;
using NetworkPlatform.Identity.Memberships;
using NetworkPlatform.Identity.Merging;
using NetworkPlatform.Identity.Privacy;
using NetworkPlatform.Identity.Providers;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity;

/// <summary>People and how they sign in, what they may do in which tenant, API clients, and the access tokens by which every endpoint knows its caller.</summary>
public sealed class IdentityModule : IModule
{
    public void AddServices(ModuleBuilder module)
    {
        module.AddContext<IdentityDbContext>(Plane.Main).AddMemory<AccessTokens, AccessRevoked>().AddQueries<IIdentityQueries, IdentityQueries>();
        var settings = TokenSettings.From(module.Configuration);
        module.Services.AddSingleton(settings).AddSingleton(KeyRotation.From(module.Configuration)).AddSingleton(ExternalAuthority.From(module.Configuration));
        module.Services.AddSingleton<SigningKeys>().AddSingleton<Issuers>().AddSingleton<ForeignTokens>().AddSingleton<ExternalAuthorities>().AddSingleton<IdTokens>();
        module.Services.AddSingleton<ClientAuthentication>().AddSingleton<AuthorizeRequests>().AddSingleton<GrantScopes>().AddSingleton<Continuations>().AddSingleton<ProofOfPossession>();
        module.Services.AddScoped<AuthorizeFlow>().AddScoped<GrantTokens>();
        module.Services.AddAccountPages(settings);
        module.Services.AddScoped<GrantingRules>().AddScoped<Subjects>().AddSingleton<ExternalSignIns>().AddSingleton<ProviderTokens>();
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
        GetIdentityProvider.Map(routes);
        SetIdentityProvider.Map(routes);
        RemoveIdentityProvider.Map(routes);
        CorrectOwnData.Map(routes);
        ExportPersonalData.Map(routes);
        RequestErasure.Map(routes);
        ConfirmErasure.Map(routes);
        ListErasures.Map(routes);
        PlaceLegalHold.Map(routes);
        LiftLegalHold.Map(routes);
        ListLegalHolds.Map(routes);
        AddClientSecret.Map(routes);
        EndClientSecret.Map(routes);
        ListMembers.Map(routes);
        GetMember.Map(routes);
        ChangeRoles.Map(routes);
        RemoveMember.Map(routes);
        InviteMember.Map(routes);
        ListPeople.Map(routes);
        AskMerge.Map(routes);
        ListInvitations.Map(routes);
        ResendInvitation.Map(routes);
        RevokeInvitation.Map(routes);
    }

    public void MapRootEndpoints(IEndpointRouteBuilder routes)
    {
        DiscoveryDocument.Map(routes);
        Authorize.Map(routes);
        PushAuthorization.Map(routes);
        IssueToken.Map(routes);
        RevokeToken.Map(routes);
        IntrospectToken.Map(routes);
        ShowUserInfo.Map(routes);
        LogOut.Map(routes);
        AccountPages.Map(routes);
        BeginExternalSignIn.Map(routes);
        CompleteExternalSignIn.Map(routes);
    }
}
