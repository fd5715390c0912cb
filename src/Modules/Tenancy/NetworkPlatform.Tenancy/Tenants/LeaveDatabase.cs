namespace NetworkPlatform.Tenancy.Tenants;

/// <summary>The current tenant's rows in the database that it has left are deleted, so it need not be remembered any more. Only the host's own verbs send it; no request can.</summary>
internal static class LeaveDatabase
{
    public sealed record Command : ICommand<Done>;

    internal sealed class Handler(TenancyDbContext db, TenantContext current) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var tenant = await db.Tenants.SingleAsync(t => t.Id == current.Tenant.Id, cancellationToken);
            (tenant.IsLeaving, tenant.LeftDatabase) = (false, null);
            return Done.Instance;
        }
    }
}
