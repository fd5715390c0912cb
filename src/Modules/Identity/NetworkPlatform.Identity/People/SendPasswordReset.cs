namespace NetworkPlatform.Identity.People;

/// <summary>Mails a link for a new password to whoever has the address in the network, if anybody.</summary>
internal static class SendPasswordReset
{
    internal const string Purpose = "password-reset";

    public sealed record Command(string NormalizedEmail) : ICommand<Done>;

    internal sealed record Token(Guid PersonId, string SecurityStamp);

    internal sealed class Handler(IdentityDbContext db, ProtectedTokens tokens, Letters letters) : ICommandHandler<Command, Done>
    {
        private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.People.SingleOrDefaultAsync(p => p.NormalizedEmail == request.NormalizedEmail, cancellationToken) is { MaySignIn: true } person)
            {
                var token = tokens.Make(Purpose, new Token(person.Id, person.SecurityStamp), Lifetime);
                await letters.Send(person.Email, person.Culture, "password-reset", ("/account/reset-password", token), cancellationToken, person.Name);
            }

            return Done.Instance;
        }
    }
}
