using NetworkPlatform.Rostering.Availability;
using NetworkPlatform.Rostering.Calendars;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Volunteers;
using NetworkPlatform.Rostering.Wellbeing;

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
        RenewCalendarFeed.Map(routes);
        RevokeCalendarFeed.Map(routes);
        ReadCalendar.Map(routes);
        RecordCheckIn.Map(routes);
        ListCheckIns.Map(routes);
        GetCheckIn.Map(routes);
        WithdrawCheckIn.Map(routes);
        WithdrawCheckIns.Map(routes);
        GetSupportOffer.Map(routes);
        SetSupportOffer.Map(routes);
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
