using System.Text.Json.Serialization;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Merging;

/// <summary>What the page of a merge's link shows.</summary>
internal static class FindMerge
{
    public sealed record Query([property: JsonIgnore] string? LinkToken) : IQuery<Response>;

    public sealed record Response(string KeptEmail, string AbsorbedEmail);

    internal sealed class Handler(IdentityDbContext db, ProtectedTokens tokens, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            if (tokens.Read<MergeToken>(MergeToken.Purpose, request.LinkToken) is not { } token
                || await db.Merges.SingleOrDefaultAsync(m => m.Id == token.MergeId, cancellationToken) is not { } merge || !merge.IsOpen(clock.GetUtcNow()))
            {
                return new LinkNotValid();
            }

            var emails = await db.People.Where(p => p.Id == merge.KeptId || p.Id == merge.AbsorbedId).ToDictionaryAsync(p => p.Id, p => p.Email, cancellationToken);
            return new Response(emails[merge.KeptId], emails[merge.AbsorbedId]);
        }
    }
}
