using NetworkPlatform.Tenancy.Chapters;
using NetworkPlatform.Tenancy.Contracts;
using NetworkPlatform.Tenancy.Networks;
using NetworkPlatform.Tenancy.Tenants;

namespace NetworkPlatform.Tenancy;

/// <summary>The network, its tenants and their chapters.</summary>
public sealed class TenancyModule : IModule
{
    public void AddServices(ModuleBuilder module)
    {
        module.AddContext<TenancyDbContext>().AddQueries<ITenancyQueries, TenancyQueries>().AddMemory<TenantStore, TenantChanged>();
        module.Services.AddSingleton<ITenantStore>(services => services.GetRequiredService<TenantStore>());
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        GetNetwork.Map(routes);
        AddMember.Map(routes);
        SuspendMember.Map(routes);
        ResumeMember.Map(routes);
        ChangePlan.Map(routes);
        GetTenant.Map(routes);
        ChangeTenant.Map(routes);
        CreateChapter.Map(routes);
        ListChapters.Map(routes);
        GetChapter.Map(routes);
        ChangeChapter.Map(routes);
    }
}
