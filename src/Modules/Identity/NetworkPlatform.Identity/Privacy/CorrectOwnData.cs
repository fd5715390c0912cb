using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Privacy;

/// <summary>A person corrects what their account says of them. What a tenant holds on them as a volunteer is corrected there; their e-mail address on the account's pages, since it must be proved.</summary>
internal static class CorrectOwnData
{
    /// <param name="Culture">BCP 47 tag; empty for the tenant's.</param>
    public sealed record Command(string? Name, string? Culture) : ICommand<Done>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name!).Text(Person.NameLength).When(c => c.Name is not null);
            RuleFor(c => c.Culture).Culture().When(c => c.Culture is { Length: > 0 });
        }
    }

    internal sealed class Handler(IdentityDbContext db, Caller caller) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.People.SingleOrDefaultAsync(p => p.Id == caller.PersonId && p.ErasedAt == null, cancellationToken) is not { } person)
            {
                return new SubjectNotFound();
            }

            person.Name = request.Name?.Trim() ?? person.Name;
            person.Culture = request.Culture is null ? person.Culture : request.Culture is { Length: > 0 } culture ? culture : null;
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPatch("/me", (Command command, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(command, cancellationToken).ToNoContent())
        .RequirePersonThemself();
}
