using NetworkPlatform.Tenancy.Tenants;

namespace NetworkPlatform.Tenancy.Networks;

/// <summary>Resumes a suspended member.</summary>
internal static class ResumeMember
{
    public sealed record Command(Guid MemberId) : ICommand<Done>;

    internal sealed class Handler(TenancyDbContext db, TenantStore store, Outbox outbox, TenantContext current) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var member = await db.Tenants.MemberOf(current.Tenant, request.MemberId, cancellationToken);
            if (member is null)
            {
                return new MemberNotFound();
            }

            if (member.SuspendedFrom < current.Tenant.Ancestors.Count)
            {
                return new DecidedAbove();
            }

            (member.SuspendedAt, member.SuspendedFrom) = (null, null);
            await store.Changed(db, member, outbox, cancellationToken);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/network/members/{memberId:guid}/resume", (Guid memberId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(memberId), cancellationToken).ToNoContent())
        .RequirePermission(TenancyPermissions.ManageMembers);
}

internal sealed record DecidedAbove() : Forbidden("An umbrella above this one has decided so, and only it or one above it changes that.");
