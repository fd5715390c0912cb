using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Funding.Funds;

/// <summary>Opens an empty fund of the current tenant.</summary>
internal static class CreateFund
{
    /// <param name="Currency">ISO 4217 code; everything in the fund is in it.</param>
    /// <param name="Restriction">Left out for a fund that may be used for anything.</param>
    public sealed record Command(string Name, string Currency, Restriction? Restriction) : ICommand<Response>;

    public sealed record Response(Guid Id);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).Text(Fund.NameLength);
            RuleFor(c => c.Currency).Currency();
            RuleFor(c => c.Restriction!).SetValidator(new Restriction.Validator()).When(c => c.Restriction is not null);
        }
    }

    internal sealed class Handler(FundingDbContext db, ITenancyQueries tenancy) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var name = request.Name.Trim();
            if (await db.Funds.AnyAsync(f => f.Name == name, cancellationToken))
            {
                return new FundNameTaken(name);
            }

            var restriction = request.Restriction ?? Restriction.None;
            if (restriction.ChapterId is { } chapterId && await tenancy.GetChapters([chapterId], cancellationToken) is [])
            {
                return new ChapterNotFound("restriction.chapterId");
            }

            var fund = Fund.Of(name, request.Currency, restriction);
            db.Add(fund);
            return new Response(fund.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/funds", (Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command, cancellationToken).ToCreated(r => $"/funds/{r.Id}"))
        .RequirePermission(FundingPermissions.ManageFunds);
}
