using System.Text.Json.Serialization;
using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.SignIn;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.People;

/// <summary>A person chooses another password. Their other sessions end, this one stays.</summary>
internal static class ChangePassword
{
    public sealed record Command(Guid SessionId, [property: JsonIgnore] string Password) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, Passwords passwords, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            if (await db.FreshOwner(request.SessionId, now, cancellationToken) is not var (session, person))
            {
                return new SignInNotRecent();
            }

            if (await passwords.Set(person, request.Password) is { } refusal)
            {
                return refusal;
            }

            await db.EndOthers(session, person, tokens, outbox, now, cancellationToken);
            outbox.Publish(new SignInChanged(person.Id, "password"));
            return Done.Instance;
        }
    }
}
