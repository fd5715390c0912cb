using System.Reflection;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Tenancy;

namespace NetworkPlatform.Platform.Modules;

/// <summary>Where a module has the rows of a tenant that has a database of its own.</summary>
public enum Plane
{
    /// <summary>In the main database, as those of every tenant: what must be known before, or without, a tenant's own database.</summary>
    Main,

    /// <summary>In the tenant's.</summary>
    Tenant,

    /// <summary>In both: what is written beside the rows of either.</summary>
    Both,
}

/// <summary>A module's context and how to make one on a given connection, for migrating.</summary>
public sealed record ModuleContext(Type Type, Assembly Assembly, string Schema, Plane Plane, Func<IDatabase, string, ModuleDbContext> Create)
{
    /// <summary>Whether its tables are in that database; null is the main one.</summary>
    internal bool IsIn(TenantDatabase? database) => database is null || Plane != Plane.Main;
}

/// <summary>Finds the context of the module that a request belongs to: a command commits in its own module's context and no other.</summary>
internal sealed class ModuleContexts(IEnumerable<ModuleContext> all, IServiceProvider scope)
{
    internal ModuleDbContext Of(Type request)
    {
        var assembly = (request.IsGenericType ? request.GetGenericArguments()[0] : request).Assembly; // the module's own inside one of the platform's
        foreach (var context in all)
        {
            if (context.Assembly == assembly)
            {
                return (ModuleDbContext)scope.GetRequiredService(context.Type);
            }
        }

        throw new InvalidOperationException($"{request.FullName} is in an assembly without a context.");
    }
}
