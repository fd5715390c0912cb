using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.SignIn;

/// <summary>A person calls a passkey something else, so as to tell it from the others.</summary>
internal static class RenamePasskey
{
    public sealed record Command(Guid PersonId, Guid PasskeyId, string Name) : ICommand<Done>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Name).Text(Passkey.NameLength);
    }

    internal sealed class Handler(IdentityDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.Passkeys.SingleOrDefaultAsync(p => p.PersonId == request.PersonId && p.Id == request.PasskeyId, cancellationToken) is not { } passkey)
            {
                return new PasskeyNotFound();
            }

            passkey.Name = request.Name.Trim();
            return Done.Instance;
        }
    }
}
