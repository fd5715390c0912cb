using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Identity.People;

/// <summary>Tells every tenant that a person belongs to of their new e-mail address. What is cut short is told again.</summary>
internal static class TellNewEmail
{
    public sealed record Command(Guid PersonId, string OldEmail, string NewEmail) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, ITenantStore tenants, TenantScopes scopes) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            foreach (var id in await db.Affiliations.Where(a => a.PersonId == request.PersonId).Select(a => a.TenantId).ToListAsync(cancellationToken))
            {
                if (await tenants.GetAsync(id, cancellationToken) is { } tenant)
                {
                    var told = await scopes.Send(tenant, new TellNewEmailHere.Command(new MemberEmailChanged(request.PersonId, request.OldEmail, request.NewEmail)), cancellationToken);
                    if (!told.IsSuccess)
                    {
                        return told;
                    }
                }
            }

            return Done.Instance;
        }
    }
}
