using NetworkPlatform.Rostering.Availability;
using NetworkPlatform.Rostering.Calendars;
using NetworkPlatform.Rostering.Coordination;
using NetworkPlatform.Rostering.Notifications;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Standing;
using NetworkPlatform.Rostering.Swaps;
using NetworkPlatform.Rostering.Volunteers;
using NetworkPlatform.Rostering.Wellbeing;

namespace NetworkPlatform.Rostering;

/// <summary>Volunteers, their shifts and sign-ups, and the limits that protect them.</summary>
public sealed class RosteringModule : IModule
{
    public void AddServices(ModuleBuilder module)
    {
        module.AddContext<RosteringDbContext>();
        module.Services.AddSingleton<PolicyMemory>();
        module.Services.AddScoped<PolicySets>().AddScoped<DutiesElsewhere>();
        module.Services.AddScoped<Waitlist>().AddScoped<SwapEnding>().AddScoped<Cancelling>().AddScoped<GivingBack>().AddScoped<ShiftCancelling>().AddScoped<StandingPlaces>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        RegisterVolunteer.Map(routes);
        ListVolunteers.Map(routes);
        ImportVolunteers.Map(routes);
        ExportVolunteers.Map(routes);
        GetVolunteer.Map(routes);
        LinkAccount.Map(routes);
        GrantQualification.Map(routes);
        ListQualifications.Map(routes);
        WithdrawQualification.Map(routes);
        ChangeVolunteer.Map(routes);
        RecordNetworkConsent.Map(routes);
        ChangeEmail.Map(routes);
        ListNetworkConsents.Map(routes);
        GetAvailability.Map(routes);
        SetAvailability.Map(routes);
        ListFreeTimes.Map(routes);
        RenewCalendarFeed.Map(routes);
        RevokeCalendarFeed.Map(routes);
        ReadCalendar.Map(routes);
        GetNotificationPreferences.Map(routes);
        SetNotificationPreferences.Map(routes);
        GetCoordinatorAddresses.Map(routes);
        SetCoordinatorAddresses.Map(routes);
        Unsubscribe.Map(routes);
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
        CreateShift.Map(routes);
        ChangeShift.Map(routes);
        CancelShift.Map(routes);
        ListShiftRoles.Map(routes);
        SetShiftRole.Map(routes);
        SignUpForShift.Map(routes);
        GetSignUp.Map(routes);
        ConfirmSignUp.Map(routes);
        CancelSignUp.Map(routes);
        CheckIn.Map(routes);
        RecordOutcome.Map(routes);
        LogDebrief.Map(routes);
        TakeSeries.Map(routes);
        ListStandingSignUps.Map(routes);
        ChangeStandingSignUp.Map(routes);
        GetHolidays.Map(routes);
        SetHolidays.Map(routes);
        RequestSwap.Map(routes);
        ListSwaps.Map(routes);
        AcceptSwap.Map(routes);
        DeclineSwap.Map(routes);
        ListGaps.Map(routes);
        ListSingleFacilitatorGroups.Map(routes);
        ListVolunteersToWatch.Map(routes);
        ListStandIns.Map(routes);
        GetBurnoutPolicy.Map(routes);
        SetBurnoutPolicy.Map(routes);
    }
}
