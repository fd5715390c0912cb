using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering;

/// <summary>Volunteers, their shifts and sign-ups, and the limits that protect them.</summary>
public sealed class RosteringModule : IModule
{
    public void AddServices(ModuleBuilder module)
    {
        module.AddContext<RosteringDbContext>();
        module.Services.AddScoped<DutiesElsewhere>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        RegisterVolunteer.Map(routes);
        ListVolunteers.Map(routes);
        GetVolunteer.Map(routes);
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
