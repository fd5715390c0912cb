namespace NetworkPlatform.Identity.Contracts;

/// <summary>A person has become a member of the tenant, by their own consent.</summary>
/// <param name="VolunteerId">The volunteer that the tenant had them down as when it invited them.</param>
public sealed record MemberJoined(Guid PersonId, string Name, string Email, IReadOnlyList<string> Roles, Guid? VolunteerId);

/// <summary>A person is no longer a member of the tenant: they or it have ended it, or its time is over.</summary>
public sealed record MemberLeft(Guid PersonId);

/// <summary>The time of a membership may be over.</summary>
public sealed record MembershipTimeUp(Guid MembershipId);

/// <summary>Two accounts turned out to be one person's: what was the absorbed one's in the tenant is the kept one's.</summary>
public sealed record PeopleMerged(Guid KeptId, Guid AbsorbedId);

/// <summary>Somebody is to be invited, or once more.</summary>
public sealed record InvitationIssued(Guid InvitationId);

/// <summary>Somebody has asked for a new password, for an address that may be nobody's.</summary>
public sealed record PasswordResetAsked(string Email);

/// <summary>A person wants another e-mail address, which they have to show is theirs.</summary>
public sealed record EmailChangeAsked(Guid PersonId, string NewEmail);

/// <summary>A person has another e-mail address now.</summary>
public sealed record EmailChanged(Guid PersonId, string OldEmail);

/// <summary>Each tenant of a person is to hear of their new e-mail address.</summary>
public sealed record NewEmailToTell(Guid PersonId, string OldEmail, string NewEmail);

/// <summary>Somebody who belongs to the tenant has another e-mail address now.</summary>
public sealed record MemberEmailChanged(Guid PersonId, string OldEmail, string NewEmail);

/// <summary>How a person signs in has changed; they are told, in case it was not they.</summary>
/// <param name="What"><c>password</c>, <c>authenticator-on</c>, <c>authenticator-off</c>, <c>recovery-codes</c>, <c>passkey-on</c> or <c>passkey-off</c>.</param>
public sealed record SignInChanged(Guid PersonId, string What);

/// <summary>Two accounts may be one person's. The owner of one of the addresses is to be asked.</summary>
public sealed record MergeAsked(Guid MergeId, Guid PersonId);

/// <summary>The owners of both addresses have agreed that the accounts are one person's.</summary>
public sealed record MergeAgreed(Guid MergeId);

/// <summary>All that the tenant holds on a person, or on volunteers without an account, is to be erased, as was asked for and confirmed.</summary>
/// <param name="Ids">Every id that stands for them in the tenant.</param>
/// <param name="Everywhere">They have left every tenant of the network, not this one alone.</param>
public sealed record PersonErased(Guid ErasureId, IReadOnlyList<Guid> Ids, bool Everywhere);
