using System.Text.Json.Serialization;
using NetworkPlatform.Tenancy.Tenants;

namespace NetworkPlatform.Tenancy.Networks;

/// <summary>Puts a member on another plan. What it has beyond the new plan's quotas stays; it can only add no more.</summary>
internal static class ChangePlan
{
    public sealed record Command(string Plan) : ICommand<Done>
    {
        [JsonIgnore]
        public Guid MemberId { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(Quotas quotas) => RuleFor(c => c.Plan).Plan(quotas);
    }

    internal sealed class Handler(TenancyDbContext db, TenantStore store, TenantContext current, Outbox outbox) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var member = await db.Tenants.MemberOf(current.Tenant, request.MemberId, cancellationToken);
            if (member is null)
            {
                return new MemberNotFound();
            }

            if (member.PlanFrom < current.Tenant.Ancestors.Count)
            {
                return new DecidedAbove();
            }

            (member.Plan, member.PlanFrom) = (request.Plan, current.Tenant.Ancestors.Count);
            await store.Changed(db, member, outbox, cancellationToken);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/network/members/{memberId:guid}/plan", (Guid memberId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { MemberId = memberId }, cancellationToken).ToNoContent())
        .RequirePermission(TenancyPermissions.ManageMembers);
}
