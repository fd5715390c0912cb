using NetworkPlatform.Registry.Contracts;
using NetworkPlatform.Registry.Groups;
using NetworkPlatform.Registry.Imports;
using NetworkPlatform.Registry.Meetings;
using NetworkPlatform.Registry.Sessions;
using NetworkPlatform.Registry.Venues;

namespace NetworkPlatform.Registry;

/// <summary>Groups, venues, meetings and their sessions, and the import of meeting lists.</summary>
public sealed class RegistryModule : IModule
{
    public void AddServices(ModuleBuilder module)
    {
        module.AddContext<RegistryDbContext>().AddQueries<IRegistryQueries, RegistryQueries>();
        module.Services.AddHostedService<RollingHorizon>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        CreateVenue.Map(routes);
        ListVenues.Map(routes);
        CreateGroup.Map(routes);
        ListGroups.Map(routes);
        GetGroup.Map(routes);
        PublishGroup.Map(routes);
        CloseGroup.Map(routes);
        ScheduleMeeting.Map(routes);
        ListSessions.Map(routes);
        CancelSession.Map(routes);
        MoveSession.Map(routes);
        RecordAttendance.Map(routes);
        RequestImport.Map(routes);
        GetImport.Map(routes);
    }
}
