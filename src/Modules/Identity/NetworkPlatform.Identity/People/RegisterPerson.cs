using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.Memberships;

namespace NetworkPlatform.Identity.People;

/// <summary>The host itself gives somebody an account and a membership, as for a demonstration. No request can: people are invited.</summary>
internal static class RegisterPerson
{
    public sealed record Command(
        string Email, string Name, string Password, IReadOnlyList<string> Roles, Guid? VolunteerId = null, IReadOnlyList<Guid>? Chapters = null, bool Below = false,
        DateTimeOffset? ValidFrom = null, DateTimeOffset? ValidUntil = null) : ICommand<Response>, IRoleGrant;

    public sealed record Response(Guid PersonId);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Email).Email();
            RuleFor(c => c.Name).Text(Person.NameLength);
            Include(new RoleGrantValidator());
        }
    }

    internal sealed class Handler(IdentityDbContext db, UserManager<Person> users, Passwords passwords, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            var person = await users.FindByEmailAsync(request.Email);
            if (person is null)
            {
                person = Person.Known(request.Email, request.Name, now);
                var created = await users.CreateAsync(person);
                if ((created.Succeeded ? await passwords.Set(person, request.Password) : Passwords.Refusal(created)) is { } refusal)
                {
                    return refusal;
                }
            }

            await db.Join(outbox, person, request, request.VolunteerId, now, cancellationToken);
            return new Response(person.Id);
        }
    }
}
