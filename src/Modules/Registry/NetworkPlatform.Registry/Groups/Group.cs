using System.Linq.Expressions;
using NetworkPlatform.Registry.Meetings;

namespace NetworkPlatform.Registry.Groups;

internal enum Leadership
{
    PeerLed,
    ProfessionalLed,
}

internal enum GroupStatus
{
    Draft,
    Published,
    Closed,
}

/// <summary>A support group of a chapter.</summary>
internal sealed class Group : Entity, IOfChapter, IHaveQuota<Group>
{
    internal const int NameLength = 255;
    internal const int TopicLength = 100;
    internal const int TextLength = 5000;
    internal const int MaxCapacity = 1000;

    public static string Quota => "groups";

    public static Expression<Func<Group, bool>> Counts => g => g.Status != GroupStatus.Closed;

    public required Guid ChapterId { get; init; }

    public required string Name { get; set; }

    public required string Topic { get; set; }

    public required Leadership Leadership { get; set; }

    public required MeetingFormat Format { get; set; }

    public required string[] Languages { get; set; }

    public required string[] Accessibility { get; set; }

    public int? Capacity { get; set; }

    public string? Description { get; set; }

    public string? GroundRules { get; set; }

    public GroupStatus Status { get; set; } = GroupStatus.Draft;

    /// <summary>What recognises an imported group in the next file of its chapter: its name there. Null for a group entered here.</summary>
    public string? ImportKey { get; init; }
}

internal sealed record GroupNotFound() : NotFound("There is no such group.");

internal sealed record GroupIsClosed() : Conflict("The group is closed.");

internal sealed record ChapterNotFound() : NotFound("There is no such chapter.");
