namespace NetworkPlatform.Platform.Modules;

/// <summary>A module's only public type: what it brings, and the list of its endpoints.</summary>
public interface IModule
{
    /// <summary>Registers the module's context, queries and background work. Handlers, validators and consumers are found in its assembly.</summary>
    void AddServices(ModuleBuilder module);

    /// <summary>Maps every endpoint by name, under <c>/api/v1</c>: the module's table of contents.</summary>
    void MapEndpoints(IEndpointRouteBuilder routes);

    /// <summary>Maps endpoints whose paths a standard fixes, at the root.</summary>
    void MapRootEndpoints(IEndpointRouteBuilder routes)
    {
    }
}
