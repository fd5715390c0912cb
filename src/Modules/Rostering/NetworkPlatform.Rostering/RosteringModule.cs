using NetworkPlatform.Rostering.Availability;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering;

/// <summary>Volunteers, their shifts and sign-ups, and the limits that protect them.</summary>
public sealed class RosteringModule : IModule
{
    public void AddServices(ModuleBuilder module) => module.AddContext<RosteringDbContext>();

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        RegisterVolunteer.Map(routes);
        ListVolunteers.Map(routes);
        ImportVolunteers.Map(routes);
        ExportVolunteers.Map(routes);
        GetVolunteer.Map(routes);
        ChangeVolunteer.Map(routes);
        RecordNetworkConsent.Map(routes);
        ListNetworkConsents.Map(routes);
        GetAvailability.Map(routes);
        SetAvailability.Map(routes);
        ListFreeTimes.Map(routes);
        GetLoad.Map(routes);
        ListSignUps.Map(routes);
        ListShifts.Map(routes);
        GetShift.Map(routes);
        SignUpForShift.Map(routes);
        CancelSignUp.Map(routes);
        RecordOutcome.Map(routes);
        GetBurnoutPolicy.Map(routes);
    }
}
