using MassTransit;
using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Identity.Memberships;

internal sealed class WhenTenantProvisioned(IMediator mediator) : IConsumer<TenantProvisioned>
{
    public Task Consume(ConsumeContext<TenantProvisioned> context) =>
        mediator.SendOrThrow(new InviteFirstAdministrator.Command(context.Message.TenantId, context.Message.AdminEmail), context.CancellationToken);
}
