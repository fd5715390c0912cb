namespace NetworkPlatform.Registry.Meetings;

/// <summary>How a meeting is attended: in one room, over a link or a phone line, or both at once.</summary>
internal enum MeetingFormat
{
    InPerson,
    Online,
    Hybrid,
}
