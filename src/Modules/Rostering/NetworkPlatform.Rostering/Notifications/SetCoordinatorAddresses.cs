using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>Replaces the addresses that hear of late cancellations.</summary>
internal static class SetCoordinatorAddresses
{
    private const int MostAddresses = 200;
    private const string DefaultLanguage = "en";

    /// <param name="ChapterId">Null for all chapters.</param>
    /// <param name="Language">BCP 47 tag; English unless given.</param>
    public sealed record Address(Guid? ChapterId, string Email, string? Language);

    public sealed record Command(IReadOnlyList<Address>? Addresses) : ICommand<Done>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Addresses).Must(a => a?.Count <= MostAddresses && a.All(one => one is not null)).WithMessage($"Must be at most {MostAddresses} addresses, or none.");
            RuleForEach(c => c.Addresses).ChildRules(address =>
            {
                address.RuleFor(a => a.Email).Email();
                address.RuleFor(a => a.Language == null ? null : new[] { a.Language } as IReadOnlyList<string>).Languages().OverridePropertyName("language");
            });
        }
    }

    internal sealed class Handler(RosteringDbContext db, ITenancyQueries tenancy) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var chapters = request.Addresses!.Select(a => a.ChapterId).OfType<Guid>().Distinct().ToList();
            var known = (await tenancy.GetChapters(chapters, cancellationToken)).Select(c => c.Id).ToHashSet();
            if (chapters.Find(c => !known.Contains(c)) is var unknown && unknown != Guid.Empty)
            {
                return new ChapterNotFound(unknown);
            }

            // One list replaces the other, also when two are sent at once. Who stays listed keeps the mails that are on their way.
            db.LockNameAhead($"coordinator addresses {db.TenantId}");
            var before = await db.CoordinatorAddresses.ToListAsync(cancellationToken);
            db.Replace(
                before, request.Addresses!.Select(a => (a.ChapterId, Email: a.Email.Trim(), Language: a.Language ?? DefaultLanguage)), row => (row.ChapterId, row.Email, row.Language),
                a => new CoordinatorAddress { ChapterId = a.ChapterId, Email = a.Email, Language = a.Language });
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/coordinator-addresses", (Command command, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(command, cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ManageCoordinatorAddresses);
}
