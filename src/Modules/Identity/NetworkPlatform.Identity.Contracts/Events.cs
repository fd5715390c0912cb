namespace NetworkPlatform.Identity.Contracts;

/// <summary>A person has become a member of the tenant, by their own consent.</summary>
/// <param name="VolunteerId">The volunteer that the tenant had them down as when it invited them.</param>
public sealed record MemberJoined(Guid PersonId, string Name, string Email, IReadOnlyList<string> Roles, Guid? VolunteerId);
