using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.Rostering.Policies;

/// <summary>The limits in force. They are the platform's defaults so far; chapters will be able to tighten them.</summary>
internal static class GetBurnoutPolicy
{
    public sealed record Query : IQuery<Response>;

    /// <param name="Warn">From beyond which a sign-up is warned of; null never.</param>
    /// <param name="Refuse">From beyond which a sign-up is refused; null never.</param>
    public sealed record Limit(string Rule, decimal? Warn, decimal? Refuse);

    /// <param name="DemandingFrom">The intensity from which a shift counts as demanding.</param>
    /// <param name="NightStart">Local time.</param>
    /// <param name="NightEnd">Local time.</param>
    public sealed record Response(IReadOnlyList<Limit> Rules, int DemandingFrom, TimeOnly NightStart, TimeOnly NightEnd);

    internal sealed class Handler : IQueryHandler<Query, Response>
    {
        public Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var policy = BurnoutPolicy.Default;
            var limits = Enum.GetValues<BurnoutRule>().Select(rule => new Limit(rule.Name(), policy.For(rule).Warn, policy.For(rule).Refuse));
            return Task.FromResult<Result<Response>>(new Response([.. limits], policy.DemandingFrom, policy.NightStart, policy.NightEnd));
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/burnout-policy", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Query(), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadPolicy);
}
