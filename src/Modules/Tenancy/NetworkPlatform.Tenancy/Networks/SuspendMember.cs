using NetworkPlatform.Tenancy.Tenants;

namespace NetworkPlatform.Tenancy.Networks;

/// <summary>Suspends a member and all below it: every request for them is refused until it is resumed. Their data stays.</summary>
internal static class SuspendMember
{
    public sealed record Command(Guid MemberId) : ICommand<Done>;

    internal sealed class Handler(TenancyDbContext db, TenantStore store, Outbox outbox, TenantContext current, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var member = await db.Tenants.MemberOf(current.Tenant, request.MemberId, cancellationToken);
            if (member is null)
            {
                return new MemberNotFound();
            }

            member.SuspendedAt ??= clock.GetUtcNow();
            member.SuspendedFrom = Math.Min(member.SuspendedFrom ?? int.MaxValue, current.Tenant.Ancestors.Count);
            await store.Changed(db, member, outbox, cancellationToken);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/network/members/{memberId:guid}/suspend", (Guid memberId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(memberId), cancellationToken).ToNoContent())
        .RequirePermission(TenancyPermissions.ManageMembers);
}
