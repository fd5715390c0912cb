using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.Identity.People;

/// <summary>Somebody has forgotten a password. The answer is the same, and as quick, whether or not there is such a person: who that is, is looked up behind it.</summary>
internal static class AskPasswordReset
{
    public sealed record Command(string Email) : ICommand<Done>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Email).Email();
    }

    internal sealed class Handler(IdentityDbContext db, UserManager<Person> users, Caller caller, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var account = users.NormalizeEmail(request.Email.Trim());
            SignInLimit[] limits = [SignInLimit.Letters(account), SignInLimit.LettersFrom(caller.Site)];

            // Nobody's mailbox is flooded by strangers; they are not told when they have reached the limit.
            if (!await db.IsReached(now, cancellationToken, limits))
            {
                outbox.Publish(new PasswordResetAsked(account));
                await db.Count(now, cancellationToken, limits);
            }

            return Done.Instance;
        }
    }
}
