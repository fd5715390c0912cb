using System.Security.Cryptography;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>
/// Takes a refresh token for new tokens and the next refresh token. Whoever comes again within seconds, since the answer was lost, gets the same next one; a token that comes later, or whose
/// next one has been used, is a copy in somebody's hands, and ends the grant (RFC 9700 §4.14).
/// </summary>
internal static class Refresh
{
    /// <param name="Scopes">Fewer than were granted; none for all. The grant keeps its own.</param>
    public sealed record Command(KnownClient Client, OpaqueHandle Token, IReadOnlyList<string> Scopes, ProvenKey Key) : ICommand<TokenAnswer>;

    internal sealed class Handler(IdentityDbContext db, GrantTokens tokens, TimeProvider clock) : ICommandHandler<Command, TokenAnswer>
    {
        private const int SaltLength = 32;

        private static readonly Refused NoSuchToken = new("invalid_grant", "There is no such refresh token for this client, or it has ended.");

        public async Task<Result<TokenAnswer>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var hash = request.Token.Hash;
            var token = await db.RefreshTokens.AsNoTracking().SingleOrDefaultAsync(t => t.Hash == hash, cancellationToken);
            var grant = token is null ? null : await db.Grants.AsNoTracking().SingleOrDefaultAsync(g => g.Id == token.GrantId, cancellationToken);
            if (token is null || grant is null || grant.ClientId != request.Client.Id)
            {
                return NoSuchToken;
            }

            if (!await db.LiveGrants(now).AnyAsync(g => g.Id == grant.Id, cancellationToken) || (token.ConsumedAt is null && token.ExpiresAt <= now))
            {
                return NoSuchToken;
            }

            if (token.KeyThumbprint is { } bound && bound != request.Key.Thumbprint)
            {
                return new ProofRefused("The refresh token is bound to another key.");
            }

            if (request.Scopes.Except(grant.Scopes, StringComparer.Ordinal).Any())
            {
                return new Refused("invalid_scope", "That is more than was granted.");
            }

            if (await Next(grant, token, request, now, cancellationToken) is not { } next)
            {
                return new Replayed(grant.Id);
            }

            return await tokens.Issue(grant, request.Client.Client, request.Scopes.Count > 0 ? request.Scopes : grant.Scopes, next, nonce: null, request.Key, cancellationToken);
        }

        /// <summary>The next token; null where the given one may not be used any more.</summary>
        private async Task<OpaqueHandle?> Next(Grant grant, RefreshToken token, Command request, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var salt = RandomNumberGenerator.GetBytes(SaltLength);
            if (token.ConsumedAt is null && await db.RefreshTokens.Where(t => t.Id == token.Id && t.ConsumedAt == null)
                .ExecuteUpdateAsync(t => t.SetProperty(x => x.ConsumedAt, now).SetProperty(x => x.SuccessorSalt, salt), cancellationToken) == 1)
            {
                var next = request.Token.Next(salt);

                // Once a proof has come with it, the next one needs that key (RFC 9449 §5).
                db.Add(grant.NewRefreshToken(next, now, token.KeyThumbprint ?? request.Key.Binding(request.Client.Client)));
                return next;
            }

            // Somebody was first: a moment ago, perhaps, and at this very one.
            var used = await db.RefreshTokens.AsNoTracking().SingleAsync(t => t.Id == token.Id, cancellationToken);
            if (used.ConsumedAt < now - TokenSettings.RefreshGrace)
            {
                return null;
            }

            var same = request.Token.Next(used.SuccessorSalt!);
            var hash = same.Hash;
            return await db.RefreshTokens.AnyAsync(t => t.Hash == hash && t.ConsumedAt == null, cancellationToken) ? same : null;
        }
    }
}
