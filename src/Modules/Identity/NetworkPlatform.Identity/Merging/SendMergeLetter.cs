using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Merging;

/// <summary>Mails the link by which one of the two addresses agrees.</summary>
internal static class SendMergeLetter
{
    public sealed record Command(Guid MergeId, Guid PersonId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, ProtectedTokens tokens, Letters letters, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.Merges.SingleOrDefaultAsync(m => m.Id == request.MergeId, cancellationToken) is { } merge && merge.IsOpen(clock.GetUtcNow()))
            {
                var person = await db.People.SingleAsync(p => p.Id == request.PersonId, cancellationToken);
                var kept = await db.People.SingleAsync(p => p.Id == merge.KeptId, cancellationToken);
                var token = tokens.Make(MergeToken.Purpose, new MergeToken(merge.Id, person.Id), PersonMerge.Lifetime);
                await letters.Send(person.Email, person.Culture, "merge", ("/account/merge", token), cancellationToken, person.Name, kept.Email);
            }

            return Done.Instance;
        }
    }
}
