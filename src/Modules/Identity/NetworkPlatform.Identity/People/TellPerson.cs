namespace NetworkPlatform.Identity.People;

/// <summary>Tells a person by mail that how they sign in has changed, in case it was somebody else.</summary>
internal static class TellPerson
{
    /// <param name="Address">Theirs where it is null.</param>
    public sealed record Command(Guid PersonId, string Letter, string? Address) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, Letters letters) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.People.SingleOrDefaultAsync(p => p.Id == request.PersonId && p.ErasedAt == null, cancellationToken) is { } person)
            {
                await letters.Send(request.Address ?? person.Email, person.Culture, request.Letter, link: null, cancellationToken, person.Name);
            }

            return Done.Instance;
        }
    }
}
