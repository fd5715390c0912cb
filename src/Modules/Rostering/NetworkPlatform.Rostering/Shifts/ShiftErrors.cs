namespace NetworkPlatform.Rostering.Shifts;

internal sealed record ShiftNotFound() : NotFound("There is no such shift.");

internal sealed record SessionNotFound() : NotFound("There is no such session.");

internal sealed record ShiftIsCancelled() : Conflict("The shift is cancelled.");

internal sealed record ShiftIsOver(DateTimeOffset EndedAt) : RuleBroken("The shift is over.");

internal sealed record ShiftBelongsToSession() : RuleBroken("The shift belongs to a session: cancel or move the session.");

internal sealed record PlacesTaken(int Taken) : RuleBroken($"{Taken} places are taken already; there must be at least as many.");

/// <summary>An event about a session arrived before the one that opens its shift; it is tried again.</summary>
internal sealed record ShiftNotOpenedYet(Guid SessionId) : Conflict("The session's shift has not been opened yet.");

internal sealed record SignUpNotOpen(DateTimeOffset OpensAt) : RuleBroken("Places on this shift cannot be taken yet.");

internal sealed record SignUpClosed(DateTimeOffset ClosedAt) : RuleBroken("Places on this shift can no longer be taken.");
