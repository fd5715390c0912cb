using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.Identity.People;

/// <summary>A person wants another e-mail address. Nothing changes until its mailbox has answered; whether it is somebody else's already is not told.</summary>
internal static class AskEmailChange
{
    public sealed record Command(Guid SessionId, string Email) : ICommand<Done>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Email).Email();
    }

    internal sealed class Handler(IdentityDbContext db, UserManager<Person> users, Caller caller, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            if (await db.FreshOwner(request.SessionId, now, cancellationToken) is not var (_, person))
            {
                return new SignInNotRecent();
            }

            SignInLimit[] limits = [SignInLimit.LettersBy(person.Id), SignInLimit.Letters(users.NormalizeEmail(request.Email.Trim())), SignInLimit.LettersFrom(caller.Site)];

            // Neither is one mailbox flooded by many nor many by one.
            if (!await db.IsReached(now, cancellationToken, limits))
            {
                outbox.Publish(new EmailChangeAsked(person.Id, request.Email.Trim()));
                await db.Count(now, cancellationToken, limits);
            }

            return Done.Instance;
        }
    }
}
