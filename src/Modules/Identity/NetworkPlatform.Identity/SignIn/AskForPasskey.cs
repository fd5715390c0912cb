using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>What a browser needs to sign somebody in with a passkey (WebAuthn's request options). Names nobody: the passkey says whose it is.</summary>
internal static class AskForPasskey
{
    internal const string Purpose = "passkey-request";

    public sealed record Query : IQuery<Response>;

    /// <param name="State">To be sent back with the answer.</param>
    public sealed record Response(string Options, string State);

    internal sealed record Token(string State, DateTimeOffset At);

    internal sealed class Handler(IPasskeyHandler<Person> passkeys, ProtectedTokens tokens, IHttpContextAccessor http, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var made = await passkeys.MakeRequestOptionsAsync(user: null, http.HttpContext!);
            return new Response(made.RequestOptionsJson, tokens.Make(Purpose, new Token(made.AssertionState ?? "", clock.GetUtcNow()), OfferPasskey.Handler.Lifetime));
        }
    }
}
