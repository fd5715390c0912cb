namespace NetworkPlatform.Identity.Connect;

/// <summary>Notes that a client's assertion has been used; refused where it had been before, even a moment ago.</summary>
internal static class SpendAssertion
{
    /// <param name="Hash">SHA-256 of what is unique about it.</param>
    public sealed record Command(byte[] Hash, DateTimeOffset ExpiresAt) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            // Later than any clock's doubt about its end.
            var past = clock.GetUtcNow().AddMinutes(-5);
            await db.SpentAssertions.Where(a => a.ExpiresAt < past).ExecuteDeleteAsync(cancellationToken);
            db.Add(new SpentAssertion { Hash = request.Hash, ExpiresAt = request.ExpiresAt });
            return Done.Instance;
        }
    }
}
