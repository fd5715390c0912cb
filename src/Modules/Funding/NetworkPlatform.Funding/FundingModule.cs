using Microsoft.Extensions.Configuration;
using NetworkPlatform.Funding.Funds;
using NetworkPlatform.Funding.InKind;

namespace NetworkPlatform.Funding;

/// <summary>Funds with their restrictions, what is set aside and spent of them, and the ledger that proves it.</summary>
public sealed class FundingModule : IModule
{
    public void AddServices(ModuleBuilder module)
    {
        module.AddContext<FundingDbContext>();
        module.Services.AddSingleton(services => HourlyValues.From(services.GetRequiredService<IConfiguration>()));
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        CreateFund.Map(routes);
        ListFunds.Map(routes);
        GetFund.Map(routes);
        ReceiveIncome.Map(routes);
        AllocateFunds.Map(routes);
        ListAllocations.Map(routes);
        RecordExpense.Map(routes);
        ListLedger.Map(routes);
        GetInKind.Map(routes);
    }
}
