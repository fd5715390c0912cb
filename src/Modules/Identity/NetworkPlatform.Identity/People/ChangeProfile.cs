using NetworkPlatform.Identity.Account;

namespace NetworkPlatform.Identity.People;

/// <summary>A person changes their name and the language of pages and letters.</summary>
internal static class ChangeProfile
{
    /// <param name="Culture">One of the pages' languages; null for whatever the browser or the tenant has.</param>
    public sealed record Command(Guid PersonId, string Name, string? Culture) : ICommand<Done>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).Text(Person.NameLength);
            RuleFor(c => c.Culture).Must(culture => culture is null || PageLanguages.All.ContainsKey(culture)).WithMessage($"Must be one of {string.Join(", ", PageLanguages.All.Keys)}.");
        }
    }

    internal sealed class Handler(IdentityDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var person = await db.People.SingleAsync(p => p.Id == request.PersonId, cancellationToken);
            (person.Name, person.Culture) = (request.Name.Trim(), request.Culture);
            return Done.Instance;
        }
    }
}
