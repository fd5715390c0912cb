using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>A person takes back what an application may do for them in the current tenant: its tokens end, and before it gets others the person is asked.</summary>
internal static class EndApplicationAccess
{
    /// <param name="ClientId">Public id.</param>
    public sealed record Command(Guid PersonId, string ClientId) : ICommand<Done>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.ClientId).Text(ApiClient.PublicIdLength);
    }

    internal sealed class Handler(IdentityDbContext db, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var grants = await db.Grants.Where(g => g.PersonId == request.PersonId && g.ClientId == request.ClientId && g.EndedAt == null).ToListAsync(cancellationToken);
            var consent = await db.Consents.SingleOrDefaultAsync(c => c.PersonId == request.PersonId && c.ClientId == request.ClientId, cancellationToken);
            if (grants.Count == 0 && consent is null)
            {
                return new ApplicationHasNoAccess();
            }

            foreach (var grant in grants)
            {
                grant.End(GrantEnd.Revoked, now);
                tokens.Revoked(grant.Id, outbox);
            }

            if (consent is not null)
            {
                db.Remove(consent);
            }

            return Done.Instance;
        }
    }
}

internal sealed record ApplicationHasNoAccess() : NotFound("That application has no access of yours.");
