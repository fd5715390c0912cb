using Microsoft.AspNetCore.Identity;

namespace NetworkPlatform.Identity.People;

/// <summary>Mails a link to the address that a person wants to have. Where somebody has it already, it gets nothing.</summary>
internal static class SendEmailConfirmation
{
    internal const string Purpose = "email-change";

    public sealed record Command(Guid PersonId, string NewEmail) : ICommand<Done>;

    internal sealed record Token(Guid PersonId, string SecurityStamp, string NewEmail);

    internal sealed class Handler(IdentityDbContext db, UserManager<Person> users, ProtectedTokens tokens, Letters letters) : ICommandHandler<Command, Done>
    {
        private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.People.SingleOrDefaultAsync(p => p.Id == request.PersonId, cancellationToken) is { MaySignIn: true } person && await users.FindByEmailAsync(request.NewEmail) is null)
            {
                var token = tokens.Make(Purpose, new Token(person.Id, person.SecurityStamp, request.NewEmail), Lifetime);
                await letters.Send(request.NewEmail, person.Culture, "email-change", ("/account/confirm-email", token), cancellationToken, person.Name);
            }

            return Done.Instance;
        }
    }
}
