using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Rostering.Policies;

/// <summary>The limits in force in the tenant or one of its chapters, now or at an earlier version.</summary>
internal static class GetBurnoutPolicy
{
    /// <param name="Version">As a decision was recorded with; the newest where not given.</param>
    public sealed record Query(Guid? ChapterId, string? Version) : IQuery<PolicyView>;

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Version).Must(version => version is null || PolicyVersion.Parse(version) is not null).WithMessage("Must be a policy version, such as '0.3'.");
    }

    internal sealed class Handler(PolicySets policies, ITenancyQueries tenancy, TenantContext current) : IQueryHandler<Query, PolicyView>
    {
        public async Task<Result<PolicyView>> Handle(Query request, CancellationToken cancellationToken)
        {
            if (request.ChapterId is { } chapterId && (await tenancy.GetChapters([chapterId], cancellationToken)).Count == 0)
            {
                return new ChapterNotFound(chapterId);
            }

            var newest = await policies.Newest(cancellationToken);
            var set = newest;
            if (request.Version is { } text)
            {
                var version = PolicyVersion.Parse(text)!.Value;
                if (version.Network > newest.Version.Network || version.Tenant > newest.Version.Tenant)
                {
                    return new PolicyVersionNotFound(newest.Version.ToString());
                }

                set = await policies.Read(version, cancellationToken);
            }

            return PolicyView.Of(set.For(request.ChapterId), set.Version, current.Tenant, request.ChapterId);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/burnout-policy", (Guid? chapterId, string? version, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(chapterId, version), cancellationToken).ToTagged())
        .RequirePermission(RosteringPermissions.ReadPolicy);
}

internal sealed record PolicyVersionNotFound(string Newest) : NotFound("The limits have no such version yet.");
