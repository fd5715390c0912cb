using System.Linq.Expressions;

namespace NetworkPlatform.Tenancy.Chapters;

/// <summary>A local branch of a tenant, with its own time zone.</summary>
internal sealed class Chapter : Entity, IHaveQuota<Chapter>
{
    internal const int NameLength = 200;
    internal const int AddressLength = 500;

    public static string Quota => "chapters";

    public static Expression<Func<Chapter, bool>> Counts => _ => true;

    public required string Name { get; set; }

    public required string Slug { get; init; }

    public required string TimeZone { get; set; }

    public string? Address { get; set; }

    public decimal? Latitude { get; set; }

    public decimal? Longitude { get; set; }
}

internal sealed record ChapterNotFound() : NotFound("There is no such chapter.");

internal sealed record ChapterSlugTaken(string Slug) : Conflict($"A chapter with the slug '{Slug}' exists already.");
