using MassTransit;

namespace NetworkPlatform.Platform.Tenancy;

/// <summary>A tenant is not what it was: suspended, resumed, or with other settings.</summary>
public sealed record TenantChanged(Guid TenantId);

/// <summary>On every node: what is remembered of tenants is forgotten, of all, since what one is passes on to those below it.</summary>
internal sealed class ForgetTenant(ITenantStore store) : IConsumer<TenantChanged>
{
    public Task Consume(ConsumeContext<TenantChanged> context)
    {
        store.ForgetAll();
        return Task.CompletedTask;
    }
}
