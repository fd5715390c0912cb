using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>What a browser needs to make a passkey for a person (WebAuthn's creation options).</summary>
internal static class OfferPasskey
{
    internal const string Purpose = "passkey-creation";

    public sealed record Query(Guid PersonId) : IQuery<Response>;

    /// <param name="State">To be sent back with the new passkey.</param>
    public sealed record Response(string Options, string State);

    /// <param name="State">What ASP.NET Core Identity checks the passkey against.</param>
    internal sealed record Token(Guid PersonId, string State, DateTimeOffset At);

    internal sealed class Handler(IdentityDbContext db, IPasskeyHandler<Person> passkeys, ProtectedTokens tokens, IHttpContextAccessor http, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var person = await db.People.SingleAsync(p => p.Id == request.PersonId, cancellationToken);
            var made = await passkeys.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = person.Id.ToString(), Name = person.Email, DisplayName = person.Name }, http.HttpContext!);
            return new Response(made.CreationOptionsJson, tokens.Make(Purpose, new Token(person.Id, made.AttestationState ?? "", clock.GetUtcNow()), Lifetime));
        }
    }
}
