namespace NetworkPlatform.Identity.Contracts;

/// <summary>A person has become a member of the tenant, by their own consent.</summary>
/// <param name="VolunteerId">The volunteer that the tenant had them down as when it invited them.</param>
public sealed record MemberJoined(Guid PersonId, string Name, string Email, IReadOnlyList<string> Roles, Guid? VolunteerId);

/// <summary>All that the tenant holds on a person, or on volunteers without an account, is to be erased, as was asked for and confirmed.</summary>
/// <param name="Ids">Every id that stands for them in the tenant.</param>
/// <param name="Everywhere">They have left every tenant of the network, not this one alone.</param>
public sealed record PersonErased(Guid ErasureId, IReadOnlyList<Guid> Ids, bool Everywhere);
