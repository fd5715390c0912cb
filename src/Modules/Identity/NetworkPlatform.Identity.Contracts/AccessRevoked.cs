namespace NetworkPlatform.Identity.Contracts;

/// <summary>
/// What somebody or something could do by their tokens has ended or changed: a person (disabled, another password), a session, a membership, a grant, a client or a single token. Every
/// node forgets the tokens of it that it has verified, and looks them up anew.
/// </summary>
/// <param name="Of">Its id.</param>
public sealed record AccessRevoked(Guid Of);
