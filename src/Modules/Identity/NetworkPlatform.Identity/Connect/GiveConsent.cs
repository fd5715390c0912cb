namespace NetworkPlatform.Identity.Connect;

/// <summary>A person agrees that a client may ask for these, now and later.</summary>
internal static class GiveConsent
{
    public sealed record Command(Guid PersonId, string ClientId, IReadOnlyList<string> Scopes) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            if (await db.Consents.SingleOrDefaultAsync(c => c.PersonId == request.PersonId && c.ClientId == request.ClientId, cancellationToken) is { } earlier)
            {
                earlier.Scopes = [.. earlier.Scopes.Union(request.Scopes, StringComparer.Ordinal)];
                earlier.GivenAt = now;
            }
            else
            {
                db.Add(new Consent { PersonId = request.PersonId, ClientId = request.ClientId, Scopes = [.. request.Scopes], GivenAt = now });
            }

            return Done.Instance;
        }
    }
}
