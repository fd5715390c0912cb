using System.Text.Json.Serialization;
using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Merging;

/// <summary>The owner of one of the two addresses agrees. Once both have, the accounts become one.</summary>
internal static class AgreeToMerge
{
    public sealed record Command([property: JsonIgnore] string LinkToken) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, ProtectedTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            if (tokens.Read<MergeToken>(MergeToken.Purpose, request.LinkToken) is not { } token || await db.LockMerge(token.MergeId, cancellationToken) is not { } merge || !merge.IsOpen(now))
            {
                return new LinkNotValid();
            }

            var wasAgreed = merge.IsAgreed;
            merge.KeptAgreedAt ??= token.PersonId == merge.KeptId ? now : null;
            merge.AbsorbedAgreedAt ??= token.PersonId == merge.AbsorbedId ? now : null;
            if (merge.IsAgreed && !wasAgreed)
            {
                outbox.Publish(new MergeAgreed(merge.Id));
            }

            return Done.Instance;
        }
    }
}
