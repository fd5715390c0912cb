using System.Reflection;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.Platform.Modules;

/// <summary>A module's context and how to make one on a given connection, for migrating.</summary>
public sealed record ModuleContext(Type Type, Assembly Assembly, string Schema, Func<IDatabase, string, ModuleDbContext> Create);

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
