using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>One sign-up, with the limits it was decided under and what was passed over.</summary>
internal static class GetSignUp
{
    [AuditedRead("scheduling")]
    public sealed record Query(Guid SignUpId) : IQuery<Response>;

    /// <param name="PolicyVersion">See <c>GET /burnout-policy?version=</c>.</param>
    /// <param name="OverriddenRules">Limits that were passed over for <paramref name="OverrideReason"/>.</param>
    public sealed record Response(
        Guid Id, Guid ShiftId, Guid VolunteerId, SignUpStatus Status, DateTimeOffset At, string? PolicyVersion, DateTimeOffset? OfferedUntil, OverrideReason? OverrideReason, string? OverrideNote,
        string? OverriddenRules, Guid? StandingId, string? CancelReason, DateTimeOffset? CheckedInAt, int? Minutes, bool Critical, DateTimeOffset? DebriefedAt, [property: JsonIgnore] int Version)
        : IVersioned;

    internal sealed class Handler(RosteringDbContext db, Caller caller) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var found = await (
                from s in db.SignUps
                join volunteer in db.Volunteers on s.VolunteerId equals volunteer.Id
                where s.Id == request.SignUpId
                select new
                {
                    volunteer.AccountId,
                    SignUp = new Response(
                        s.Id, s.ShiftId, s.VolunteerId, s.Status, s.At, s.PolicyVersion, s.OfferedUntil, s.OverrideReason, s.OverrideNote,
                        s.OverriddenRules, s.StandingId, s.CancelReason, s.CheckedInAt, s.Minutes, s.Critical, s.DebriefedAt, s.Version),
                }).SingleOrDefaultAsync(cancellationToken);
            return found is null || !caller.MayActFor(found.AccountId) ? new SignUpNotFound() : found.SignUp;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/signups/{signUpId:guid}", (Guid signUpId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(signUpId), cancellationToken).ToTagged())
        .RequirePermission(RosteringPermissions.ReadSignUps);
}
