using System.Text.Json.Serialization;
using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>A person gets new recovery codes; the old ones are void.</summary>
internal static class RenewRecoveryCodes
{
    public sealed record Command(Guid SessionId) : ICommand<Response>;

    public sealed record Response([property: JsonIgnore] IReadOnlyList<string> RecoveryCodes);

    internal sealed class Handler(IdentityDbContext db, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.FreshOwner(request.SessionId, clock.GetUtcNow(), cancellationToken) is not var (_, person) || !person.TwoFactorEnabled)
            {
                return new SignInNotRecent();
            }

            outbox.Publish(new SignInChanged(person.Id, "recovery-codes"));
            return new Response(RecoveryCodes.Renew(person));
        }
    }
}
