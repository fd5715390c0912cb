using MassTransit;

namespace NetworkPlatform.Platform.Tenancy;

/// <summary>A tenant is not what it was: suspended, resumed, or with other settings.</summary>
public sealed record TenantChanged(Guid TenantId);

/// <summary>On every node: what is remembered of the tenant is forgotten.</summary>
internal sealed class ForgetTenant(ITenantStore store) : IConsumer<TenantChanged>
{
    public Task Consume(ConsumeContext<TenantChanged> context)
    {
        store.Forget(context.Message.TenantId);
        return Task.CompletedTask;
    }
}
