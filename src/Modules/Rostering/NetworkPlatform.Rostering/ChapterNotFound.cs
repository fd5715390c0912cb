namespace NetworkPlatform.Rostering;

internal sealed record ChapterNotFound(Guid Id) : NotFound($"There is no chapter {Id}.");
