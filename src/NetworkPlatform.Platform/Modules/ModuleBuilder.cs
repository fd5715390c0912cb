using System.Reflection;
using FluentValidation;
using MassTransit;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Messaging;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Privacy;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Modules;

/// <summary>What a module registers itself with.</summary>
public sealed class ModuleBuilder
{
    private readonly Assembly assembly;
    private readonly string module;

    internal ModuleBuilder(IServiceCollection services, IConfiguration configuration, Assembly assembly)
    {
        Services = services;
        Configuration = configuration;
        this.assembly = assembly;
        module = assembly.GetName().Name!.Split('.')[^1].ToLowerInvariant();
        services.Scan(scan => scan.FromAssemblies(assembly)
            .AddClasses(c => c.AssignableTo(typeof(IRequestHandler<,>)), publicOnly: false).AsImplementedInterfaces().WithTransientLifetime()
            .AddClasses(c => c.AssignableTo(typeof(IValidator<>)), publicOnly: false).AsImplementedInterfaces().WithSingletonLifetime()
            .AddClasses(c => c.AssignableTo<IPersonalData>(), publicOnly: false).As<IPersonalData>().WithScopedLifetime());
        Consumers = [.. assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false }).SelectMany(ConsumersIn)];
    }

    public IServiceCollection Services { get; }

    public IConfiguration Configuration { get; }

    internal List<ConsumerRegistration> Consumers { get; }

    /// <summary>The module's tables, in the schema of its name.</summary>
    /// <param name="plane">Whether the rows of a tenant that has a database of its own are there, or in the main one.</param>
    public ModuleBuilder AddContext<TContext>(Plane plane = Plane.Tenant)
        where TContext : ModuleDbContext
    {
        Services.AddModuleContext<TContext>(module, plane);
        return this;
    }

    /// <summary>The module's answers to the others' questions.</summary>
    public ModuleBuilder AddQueries<TContract, TQueries>()
        where TContract : class
        where TQueries : class, TContract
    {
        Services.AddScoped<TContract, TQueries>();
        return this;
    }

    /// <summary>A memory of this node's, a singleton, that hears the event on every node.</summary>
    public ModuleBuilder AddMemory<TMemory, TEvent>()
        where TMemory : class, IHearOnEveryNode<TEvent>
        where TEvent : class
    {
        Services.AddSingleton<TMemory>().AddSingleton<IHearOnEveryNode<TEvent>>(provider => provider.GetRequiredService<TMemory>());
        Consumers.Add(new ConsumerRegistration(typeof(OnEveryNode<TEvent>), typeof(TEvent), $"{module}-hears-{KebabCase(typeof(TEvent).Name)}", OnEveryNode: true));
        return this;
    }

    private IEnumerable<ConsumerRegistration> ConsumersIn(Type type) => type.GetInterfaces()
        .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConsumer<>))
        .Select(i => new ConsumerRegistration(type, i.GetGenericArguments()[0], $"{module}-{KebabCase(type.Name)}"));

    private static string KebabCase(string name) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}

internal static class ModuleContextRegistration
{
    /// <summary>Pooled contexts, bound anew to their scope's tenant on every lease.</summary>
    internal static void AddModuleContext<TContext>(this IServiceCollection services, string schema, Plane plane)
        where TContext : ModuleDbContext
    {
        services.AddPooledDbContextFactory<TContext>((provider, options) =>
        {
            var connections = provider.GetRequiredService<Connections>();
            provider.GetRequiredService<IDatabase>().Configure(options, connections.Application(null, schema), schema);
            if (plane == Plane.Tenant)
            {
                options.AddInterceptors(new ConnectsWhereBound(at => connections.Application(at, schema)));
            }
        });
        services.AddScoped(provider =>
        {
            var context = provider.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext();
            context.Bind(provider.GetRequiredService<TenantContext>(), followsTenant: plane == Plane.Tenant);
            return context;
        });
        services.AddSingleton(ModuleContextOf<TContext>(schema, plane));
    }

    internal static ModuleContext ModuleContextOf<TContext>(string schema, Plane plane)
        where TContext : ModuleDbContext => new(typeof(TContext), typeof(TContext).Assembly, schema, plane, (database, connectionString) =>
    {
        var options = new DbContextOptionsBuilder<TContext>();
        database.Configure(options, connectionString, schema);
        return (TContext)Activator.CreateInstance(typeof(TContext), options.Options)!;
    });
}
