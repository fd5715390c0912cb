using NetworkPlatform.Tenancy.Tenants;

namespace NetworkPlatform.Tenancy.Networks;

/// <summary>Founds a network: stores the umbrella tenant as which the command runs. Only the host's own verbs send it; no request can.</summary>
internal static class FoundNetwork
{
    public sealed record Command : ICommand<Done>;

    internal sealed class Handler(TenancyDbContext db, TenantContext current) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.Tenants.AnyAsync(t => t.Slug == current.Tenant.Identifier, cancellationToken))
            {
                return new SlugTaken(current.Tenant.Identifier);
            }

            db.Add(Tenant.Top(current.Tenant));
            return Done.Instance;
        }
    }
}
