using NetworkPlatform.Rostering.Burnout;

namespace NetworkPlatform.Rostering.Shifts;

/// <summary>What somebody does on a shift. The first four are done at a session; the others stand by themselves and weigh differently.</summary>
internal enum ShiftRole
{
    Facilitator,
    CoFacilitator,
    Greeter,
    OnlineModerator,
    Training,
    Supervision,
    Debrief,
    Outreach,
}

internal static class ShiftRoles
{
    internal const string AtSessions = "'facilitator', 'co-facilitator', 'greeter' or 'online-moderator'";

    internal static DutyKind Kind(this ShiftRole role) => role switch
    {
        ShiftRole.Training => DutyKind.Training,
        ShiftRole.Supervision => DutyKind.Supervision,
        ShiftRole.Debrief => DutyKind.Debrief,
        ShiftRole.Outreach => DutyKind.Outreach,
        _ => DutyKind.Session,
    };

    internal static bool StandsAlone(this ShiftRole role) => role.Kind() != DutyKind.Session;

    /// <summary>Those who lead the group; two of them make a session safe.</summary>
    internal static bool Leads(this ShiftRole role) => role is ShiftRole.Facilitator or ShiftRole.CoFacilitator;
}
