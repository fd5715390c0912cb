using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NetworkPlatform.Platform.Auditing;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Platform.Messaging;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Pipeline;
using NetworkPlatform.Platform.Privacy;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Modules;

/// <summary>Puts the modules together into one host.</summary>
public static class Hosting
{
    /// <summary>Registers the platform, the configured database out of <paramref name="databases"/>, and every module.</summary>
    public static void AddNetworkPlatform(this WebApplicationBuilder builder, IReadOnlyList<IModule> modules, IReadOnlyList<IDatabase> databases)
    {
        var services = builder.Services;
        services.AddSingleton(Configured(databases, builder.Configuration));
        services.TryAddTimeProvider();
        services.AddHttpContextAccessor();
        services.AddScoped<TenantContext>().AddScoped<Outbox>().AddScoped<MessageOrigin>().AddScoped<IdempotencyKey>().AddScoped<AuditTrail>().AddScoped<AuditReading>().AddScoped<CommandRecords>().AddScoped<ModuleContexts>();
        services.AddSingleton<Connections>().AddSingleton(new AtRestEncryption(builder.Configuration)).AddSingleton<Quotas>().AddSingleton<Caller>().AddSingleton<TenantScopes>();
        services.AddSingleton<OutboxSignal>().AddSingleton<ConsumerPace>().AddSingleton(typeof(Gathering<>)).AddSingleton<Sharing>().AddSingleton<Mailer>().AddSingleton<PublicAddress>().AddSingleton<AuditQueue>().AddSingleton<Tombstones>();
        services.AddOptions<TenantResolutionOptions>().BindConfiguration("Tenancy");
        services.AddSingleton<HostStrategy>().AddSingleton<ITenantStrategy>(provider => provider.GetRequiredService<HostStrategy>()).AddSingleton<ITenantStrategy, HeaderStrategy>();
        services.AddSingleton<ITenantStrategy, RouteStrategy>().AddSingleton<ITenantStrategy, ClaimStrategy>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalAsProblem>();
        services.AddScoped<IAuthorizationHandler, PermissionHandler>().AddScoped<IAuthorizationHandler, PersonCallingHandler>();

        // Two policies, since one alone fails open: the fallback covers endpoints without any metadata, the default those with an empty one.
        var deny = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();
        services.AddAuthorizationBuilder().SetDefaultPolicy(deny).SetFallbackPolicy(deny);
        services.AddExceptionHandler<ExceptionsAsProblems>();
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o => JsonRules.Apply(o.SerializerOptions));
        services.AddApiDescription();
        services.AddOutboundRequests(builder.Configuration);
        services.AddRateLimits();
        services.AddHealthChecks().AddCheck<DatabaseReady>("database", tags: ["ready"]);
        services.AddTelemetry(builder.Configuration);

        // MediatR resolves through one delegate; from version 12 on AddMediatR takes this line's place.
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService).AddScoped<IMediator, Mediator>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TogetherBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TurnBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(SharingBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(CommitBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(QueryBehavior<,>));
        ValidatorOptions.Global.DefaultRuleLevelCascadeMode = CascadeMode.Stop;

        services.AddSingleton(typeof(ContextsElsewhere<>)).AddScoped(typeof(OtherDatabases<>));
        services.AddPooledDbContextFactory<PlatformDbContext>((provider, options) =>
        {
            var connections = provider.GetRequiredService<Connections>();
            provider.GetRequiredService<IDatabase>().Configure(options, connections.Relay(null), PlatformTables.Schema);
            options.AddInterceptors(new ConnectsWhereBound(connections.Relay));
        });
        List<ConsumerRegistration> consumers = [];
        foreach (var module in modules)
        {
            var parts = new ModuleBuilder(services, builder.Configuration, module.GetType().Assembly);
            module.AddServices(parts);
            consumers.AddRange(parts.Consumers);
        }

        // Last: erasing a tenant goes backwards, from here to the module registered first, which owns the tenant itself.
        services.AddSingleton(ModuleContextRegistration.ModuleContextOf<PlatformDbContext>(PlatformTables.Schema, Plane.Both));
        services.AddTransport(builder.Configuration, consumers);
        services.AddHostedService<OutboxRelay>();
        services.AddHostedService<Cleaning>();
        services.AddHostedService<DatabaseWork<AuditSealer>>();
    }

    /// <summary>The way of a request, then every module's endpoints. Throws where an endpoint is unguarded.</summary>
    public static void UseNetworkPlatform(this WebApplication app, IReadOnlyList<IModule> modules)
    {
        if (!app.Services.GetRequiredService<IDatabase>().WallsOffTenants)
        {
            app.Logger.LogWarning("Database:RowLevelSecurity is off: nothing but the application's own filters keeps tenants apart.");
        }

        if (!app.Services.GetRequiredService<Mailer>().IsConfigured)
        {
            app.Logger.LogWarning("Neither Mail:Smtp nor Mail:PickupDirectory is set: no mail is sent.");
        }

        app.UseSecurityHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = _ => Task.CompletedTask, SuppressDiagnosticsCallback = context => context.Exception is RequestRefusedException or BadHttpRequestException });
        app.UseStatusCodePages(context => RoutingProblems.Answer(context.HttpContext));
        app.UseRouting();
        app.UseAddressLimit();
        app.UseMiddleware<TenantResolution>();
        app.UseAuthentication();
        app.UseTenantLimit();
        app.UseAuthorization();
        app.UseMiddleware<ReasonHeader>();
        app.UseMiddleware<IdempotencyKeyReader>();

        var api = app.MapGroup(ApiRoot.Path);
        foreach (var module in modules)
        {
            var name = module.GetType().Assembly.GetName().Name!.Split('.')[^1];
            module.MapEndpoints(api.MapGroup("").WithTags(name));
            module.MapRootEndpoints(app.MapGroup("").WithTags(name));
        }

        app.MapHealth();
        app.MapOpenApi().AllowAnonymous("the description holds no data").WithoutTenant();
        EndpointAccess.EnsureEveryEndpointIsGuarded(((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints));
    }

    private static void TryAddTimeProvider(this IServiceCollection services)
    {
        if (!services.Any(s => s.ServiceType == typeof(TimeProvider)))
        {
            services.AddSingleton(TimeProvider.System);
        }
    }

    private static IDatabase Configured(IReadOnlyList<IDatabase> databases, ConfigurationManager configuration)
    {
        var name = configuration["Database:Provider"] is { Length: > 0 } set ? set : databases[0].Name;
        return databases.FirstOrDefault(d => d.Name == name)
            ?? throw new InvalidOperationException($"Database:Provider is '{name}'; it must be one of {string.Join(", ", databases.Select(d => d.Name))}.");
    }
}

/// <summary>Ready once the main database is reached. Where only databases of single tenants are not, the node goes on serving the others.</summary>
internal sealed class DatabaseReady(IDbContextFactory<PlatformDbContext> contexts, ITenantStore tenants) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!await Answers(null, cancellationToken))
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }

        var answers = await Task.WhenAll((await tenants.GetDatabasesAsync(cancellationToken)).Select(database => Answers(database, cancellationToken)));
        return answers.Count(answer => !answer) is > 0 and var away ? HealthCheckResult.Degraded($"{away} of {answers.Length} tenants' own databases do not answer.") : HealthCheckResult.Healthy();
    }

    private async Task<bool> Answers(TenantDatabase? database, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.LocateAt(database);
        try
        {
            return await db.Database.CanConnectAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
