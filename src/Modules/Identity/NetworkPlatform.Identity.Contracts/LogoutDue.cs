namespace NetworkPlatform.Identity.Contracts;

/// <summary>A session has ended, and one of the clients that acted in it has to be told.</summary>
public sealed record LogoutDue(Guid NoticeId);
