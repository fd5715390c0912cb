using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NetworkPlatform.Identity.Connect;

namespace NetworkPlatform.Identity.Tokens;

/// <summary>Knows the caller by the access token in the Authorization header, and nowhere else: one of ours, or of an authority that the operator trusts.</summary>
internal sealed class AccessTokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessTokens tokens, ProofOfPossession proofs, ExternalAuthorities authorities)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    internal const string SchemeName = "Bearer";


    /// <summary>The access token of the request's header, and whether it comes as whoever bears it; null where it has none.</summary>
    internal static (string Token, bool IsBearer)? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.Split(' ', 2) is [var scheme, var token] && (Is(scheme, SchemeName) || Is(scheme, ProofOfPossession.Scheme)) ? (token.Trim(), Is(scheme, SchemeName)) : null;

        static bool Is(string scheme, string name) => string.Equals(scheme, name, StringComparison.OrdinalIgnoreCase);
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TokenOf(Request) is not var (token, isBearer))
        {
            return AuthenticateResult.NoResult();
        }

        var caller = await tokens.VerifyForApi(token, Context.RequestAborted) is { } own
            ? proofs.MayUse(Context, own.Token, token, isBearer) ? own.Caller : null
            : isBearer ? await authorities.Verify(token, Context.RequestAborted) : null;
        return caller is not null ? AuthenticateResult.Success(new AuthenticationTicket(caller, SchemeName)) : AuthenticateResult.Fail("The access token is not valid.");
    }
}
