namespace NetworkPlatform.Tenancy.Tenants;

/// <summary>The current tenant's rows are in another database from now on; that of before is remembered until they are deleted there. Only the host's own verbs send it; no request can.</summary>
internal static class PlaceTenant
{
    /// <param name="Database">Null for the main one.</param>
    /// <param name="HasLeft">False where only the connection strings are others.</param>
    public sealed record Command(TenantDatabase? Database, bool HasLeft) : ICommand<Done>;

    internal sealed class Handler(TenancyDbContext db, TenantStore store, TenantContext current, Outbox outbox, AtRestEncryption encryption) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var tenant = await db.Tenants.SingleAsync(t => t.Id == current.Tenant.Id, cancellationToken);
            (tenant.IsLeaving, tenant.LeftDatabase) = (request.HasLeft, request.HasLeft ? tenant.OwnDatabase : null);
            tenant.OwnDatabase = request.Database?.Encrypt(encryption, tenant.Id);
            tenant.Version++;
            await store.Changed(db, tenant, outbox, cancellationToken);
            return Done.Instance;
        }
    }
}
