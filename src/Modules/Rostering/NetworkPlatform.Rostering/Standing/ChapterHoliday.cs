namespace NetworkPlatform.Rostering.Standing;

/// <summary>A date on which a chapter does not meet, in the chapter's own time zone. Whoever has taken a series gets no shift on it.</summary>
internal sealed class ChapterHoliday : Entity, IOfChapter
{
    internal const int NameLength = 100;
    internal const int Most = 400;

    public required Guid ChapterId { get; init; }

    public required DateOnly Date { get; init; }

    public required string Name { get; init; }
}

/// <param name="Name">The holiday's.</param>
internal sealed record ChapterDoesNotMeet(DateOnly Date, string Name) : RuleBroken($"The chapter does not meet on {Date:yyyy-MM-dd}: {Name}.");
