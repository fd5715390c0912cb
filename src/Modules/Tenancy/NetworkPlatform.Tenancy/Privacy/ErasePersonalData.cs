namespace NetworkPlatform.Tenancy.Privacy;

/// <summary>Forgets the address at which the tenant's first administrator was invited, where it is the person's.</summary>
internal static class ErasePersonalData
{
    public sealed record Command(ErasureOrder Order) : ICommand<Done>;

    internal sealed class Handler(TenancyDbContext db, TenantContext current) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (request.Order.Ids.Contains(current.Tenant.Id) && await db.Tenants.SingleOrDefaultAsync(t => t.Id == current.Tenant.Id, cancellationToken) is { } tenant)
            {
                tenant.AdminEmail = null;
            }

            return Done.Instance;
        }
    }
}
