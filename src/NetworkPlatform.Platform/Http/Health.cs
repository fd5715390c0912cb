using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace NetworkPlatform.Platform.Http;

internal static class Health
{
    internal static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false })
            .AllowAnonymous("tells an orchestrator that the process runs").WithoutTenant().DisableRateLimiting();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") })
            .AllowAnonymous("tells an orchestrator that database and transport answer").WithoutTenant().DisableRateLimiting();
    }
}
