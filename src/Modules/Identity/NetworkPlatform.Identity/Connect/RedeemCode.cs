using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>Takes an authorization code for tokens: once, from the client that it was made for, with the verifier of its challenge (RFC 7636).</summary>
internal static class RedeemCode
{
    public sealed record Command(KnownClient Client, OpaqueHandle Code, string? RedirectUri, string? Verifier, ProvenKey Key) : ICommand<TokenAnswer>;

    internal sealed class Handler(IdentityDbContext db, GrantTokens tokens, TimeProvider clock) : ICommandHandler<Command, TokenAnswer>
    {
        private static readonly Refused NoSuchCode = new("invalid_grant", "The code has ended, or is not for this client, redirect_uri and code_verifier.");

        public async Task<Result<TokenAnswer>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var hash = request.Code.Hash;
            var code = await db.Codes.AsNoTracking().SingleOrDefaultAsync(c => c.Hash == hash, cancellationToken);
            var grant = code is null ? null : await db.Grants.AsNoTracking().SingleOrDefaultAsync(g => g.Id == code.GrantId, cancellationToken);
            if (code is null || grant is null || grant.ClientId != request.Client.Id)
            {
                return NoSuchCode;
            }

            if (code.ConsumedAt is not null)
            {
                return new Replayed(grant.Id);
            }

            if (code.ExpiresAt <= now || code.RedirectUri != request.RedirectUri || !Answers(request.Verifier, code.CodeChallenge) || !await db.LiveGrants(now).AnyAsync(g => g.Id == grant.Id, cancellationToken))
            {
                return NoSuchCode;
            }

            if (await db.Codes.Where(c => c.Id == code.Id && c.ConsumedAt == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.ConsumedAt, now), cancellationToken) == 0)
            {
                return new Replayed(grant.Id);
            }

            OpaqueHandle? refresh = null;
            if (grant.Has(Scope.OfflineAccess) && request.Client.Client.GrantTypes.Contains(GrantType.RefreshToken, StringComparer.Ordinal))
            {
                refresh = OpaqueHandle.New(db.TenantId);
                db.Add(grant.NewRefreshToken(refresh, now, request.Key.Binding(request.Client.Client)));
            }

            return await tokens.Issue(grant, request.Client.Client, grant.Scopes, refresh, code.Nonce, request.Key, cancellationToken);
        }

        private static bool Answers(string? verifier, string challenge) =>
            verifier is { Length: >= 43 and <= 128 } && verifier.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))), Encoding.ASCII.GetBytes(challenge));
    }
}
