using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Pipeline;

public sealed record ChangedMeanwhile() : Conflict("Somebody else has changed this at the same moment. Look again, then decide.");

public sealed record AlreadyTaken(string Key) : Conflict("Something with the same identity exists already.");
