using System.Text.Json.Serialization;
using NetworkPlatform.Registry.Meetings;

namespace NetworkPlatform.Registry.Groups;

/// <summary>One group with its meetings.</summary>
internal static class GetGroup
{
    public sealed record Query(Guid GroupId) : IQuery<Response>;

    /// <param name="StartTime">Local time in <paramref name="TimeZone"/>.</param>
    /// <param name="Recurrence">RFC 5545 RRULE.</param>
    /// <param name="NeedsReview">Imported from a row that left something in doubt.</param>
    public sealed record MeetingItem(
        Guid Id, Guid? VenueId, string? ConferenceUrl, DateOnly StartsOn, TimeOnly StartTime, int DurationMinutes, string TimeZone, string Recurrence,
        int Facilitators, int Intensity, bool NeedsReview);

    public sealed record Response(
        Guid Id, Guid ChapterId, string Name, string Topic, Leadership Leadership, MeetingFormat Format, IReadOnlyList<string> Languages,
        IReadOnlyList<string> Accessibility, int? Capacity, string? Description, string? GroundRules, GroupStatus Status, IReadOnlyList<MeetingItem> Meetings,
        [property: JsonIgnore] int Version) : IVersioned;

    internal sealed class Handler(RegistryDbContext db) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            // In one query: the version is that of what is shown, its meetings among it.
            var group = await db.Groups
                .Where(g => g.Id == request.GroupId)
                .Select(g => new Response(
                    g.Id, g.ChapterId, g.Name, g.Topic, g.Leadership, g.Format, g.Languages, g.Accessibility, g.Capacity, g.Description, g.GroundRules,
                    g.Status,
                    db.Meetings
                        .Where(m => m.GroupId == g.Id)
                        .OrderBy(m => m.Id)
                        .Select(m => new MeetingItem(
                            m.Id, m.VenueId, m.ConferenceUrl, m.StartsOn, m.StartTime, m.DurationMinutes, m.TimeZone, m.Recurrence, m.Facilitators, m.Intensity, m.NeedsReview))
                        .ToList(),
                    g.Version))
                .SingleOrDefaultAsync(cancellationToken);
            return group is null ? new GroupNotFound() : group;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/groups/{groupId:guid}", (Guid groupId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(groupId), cancellationToken).ToTagged())
        .RequirePermission(RegistryPermissions.ReadGroups);
}
