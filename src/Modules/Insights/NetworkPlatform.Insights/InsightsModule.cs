using NetworkPlatform.Insights.Burnout;
using NetworkPlatform.Insights.Costs;
using NetworkPlatform.Insights.Coverage;
using NetworkPlatform.Insights.Retention;

namespace NetworkPlatform.Insights;

/// <summary>How well shifts are covered, whether volunteers stay or are given too much, and what sessions cost: read from facts that only events build.</summary>
public sealed class InsightsModule : IModule
{
    public void AddServices(ModuleBuilder module) => module.AddContext<InsightsDbContext>();

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        GetCoverage.Map(routes);
        GetRetention.Map(routes);
        GetBurnout.Map(routes);
        GetFunding.Map(routes);
    }
}
