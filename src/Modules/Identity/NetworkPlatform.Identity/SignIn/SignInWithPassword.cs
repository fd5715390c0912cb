using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>
/// A person signs in with e-mail address and password. Nobody learns from the answer, nor from the time it takes, whether there is such a person, whether the password is
/// wrong, or whether too many have been tried.
/// </summary>
internal static class SignInWithPassword
{
    /// <param name="Matched">The account's hash, where the password is found to be of it: see <see cref="Passwords.Match"/>.</param>
    /// <param name="Replaces">The browser's session until now: it ends, so that nobody else keeps it.</param>
    public sealed record Command(string Email, [property: JsonIgnore] string Password, [property: JsonIgnore] string? Matched, string? UserAgent, Guid? Replaces) : ICommand<Response>;

    /// <param name="SecondFactorDue">The password is right, and the person has a second factor that is to be asked for.</param>
    public sealed record Response(bool IsRight, bool SecondFactorDue = false, Guid PersonId = default, Guid? SessionId = null, string? SecurityStamp = null);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Email).Text(Person.EmailLength);
            RuleFor(c => c.Password).Must(password => !string.IsNullOrEmpty(password)).WithMessage("Must not be empty.");
        }
    }

    internal sealed class Handler(
        IdentityDbContext db, UserManager<Person> users, AccessTokens tokens, Outbox outbox, Caller caller, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var account = users.NormalizeEmail(request.Email.Trim());
            var (byAddress, ofAccount) = (SignInLimit.Address(caller.Site), new[] { SignInLimit.Account(account), SignInLimit.AccountFrom(account, caller.Site) });
            var isLocked = await db.IsReached(now, cancellationToken, [.. ofAccount, byAddress]);
            var person = await db.People.SingleOrDefaultAsync(p => p.NormalizedEmail == account, cancellationToken);
            if (isLocked || request.Matched is null || person is not { MaySignIn: true } || person.PasswordHash != request.Matched)
            {
                // Tries beyond the lock do not count for the account: else one stranger could lock it for all addresses.
                await db.Count(now, cancellationToken, isLocked ? [byAddress] : [.. ofAccount, byAddress]);
                return new Response(IsRight: false);
            }

            await db.Forget(cancellationToken, ofAccount);
            if (person.TwoFactorEnabled)
            {
                return new Response(IsRight: true, SecondFactorDue: true, person.Id, SecurityStamp: person.SecurityStamp);
            }

            await db.EndReplaced(request.Replaces, tokens, outbox, now, cancellationToken);
            var session = await db.Begin(person, ["pwd"], request.UserAgent, now, cancellationToken);
            return new Response(IsRight: true, PersonId: person.Id, SessionId: session.Id);
        }
    }
}
