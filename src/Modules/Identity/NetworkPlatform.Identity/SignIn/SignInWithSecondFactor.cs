using System.Text.Json.Serialization;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>A person who has given the password gives a code of their authenticator app, or one of their recovery codes.</summary>
internal static class SignInWithSecondFactor
{
    /// <param name="SecurityStamp">The person's when the password was given.</param>
    public sealed record Command(Guid PersonId, [property: JsonIgnore] string SecurityStamp, [property: JsonIgnore] string Code, string? UserAgent, Guid? Replaces) : ICommand<Response>;

    /// <param name="SessionId">Null where the code is not right.</param>
    public sealed record Response(Guid? SessionId);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Code).Text(40);
    }

    internal sealed class Handler(IdentityDbContext db, Authenticators authenticators, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var limit = SignInLimit.SecondFactor(request.PersonId);
            var person = await db.LockPerson(request.PersonId, cancellationToken);
            if (person is not { MaySignIn: true, TwoFactorEnabled: true } || person.SecurityStamp != request.SecurityStamp)
            {
                return new LinkNotValid();
            }

            var isLocked = await db.IsReached(now, cancellationToken, limit);
            if (isLocked || (!RecoveryCodes.Redeem(person, request.Code) && !authenticators.Redeem(person, request.Code, now)))
            {
                await db.Count(now, cancellationToken, isLocked ? [] : [limit]);
                return new Response(SessionId: null);
            }

            await db.Forget(cancellationToken, limit);
            await db.EndReplaced(request.Replaces, tokens, outbox, now, cancellationToken);
            var session = await db.Begin(person, ["pwd", "otp", "mfa"], request.UserAgent, now, cancellationToken);
            return new Response(session.Id);
        }
    }
}
