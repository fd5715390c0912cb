using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.Funding.InKind;

/// <summary>What volunteers gave in time, and what that was worth, over the shifts that began from one local date to another, both included.</summary>
internal static class GetInKind
{
    public sealed record Query(DateOnly? From, DateOnly? To) : IQuery<Response>;

    /// <param name="Hours">Rounded to two decimals.</param>
    /// <param name="Value">What was booked in the ledger in the tenant's present currency, as a decimal string.</param>
    /// <param name="Shifts">How many sign-ups were attended.</param>
    /// <param name="Values">What was booked in each currency: a tenant may have changed its own since.</param>
    public sealed record Response(decimal Hours, string Value, string Currency, int Shifts, IReadOnlyList<BookedValue> Values);

    public sealed record BookedValue(string Value, string Currency);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.To).Must((q, to) => !(to < q.From)).WithMessage("Must not be before 'from'.");
    }

    internal sealed class Handler(FundingDbContext db, TenantContext current) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var (from, to) = (request.From ?? DateOnly.MinValue, request.To ?? DateOnly.MaxValue);
            var times = db.VolunteerTimes.Where(v => v.WorkedOn >= from && v.WorkedOn <= to);
            var given = await times
                .GroupBy(_ => 1)
                .Select(g => new { Minutes = g.Sum(v => (long)v.Minutes), Shifts = g.Count() })
                .SingleOrDefaultAsync(cancellationToken);
            var booked = await times
                .Join(db.Entries.Where(e => e.Account == AccountKind.InKindExpense), v => v.TransactionId, e => e.TransactionId, (_, e) => new { e.Amount, e.Currency })
                .GroupBy(e => e.Currency)
                .Select(g => new { Currency = g.Key, Amount = g.Sum(e => e.Amount) })
                .OrderBy(v => v.Currency)
                .ToListAsync(cancellationToken);
            var currency = current.Tenant.Currency;
            return new Response(
                Math.Round((given?.Minutes ?? 0) / 60m, 2),
                Amounts.Format(booked.Find(v => v.Currency == currency)?.Amount ?? 0),
                currency,
                given?.Shifts ?? 0,
                [.. booked.Select(v => new BookedValue(Amounts.Format(v.Amount), v.Currency))]);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/funding/in-kind", (DateOnly? from, DateOnly? to, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(from, to), cancellationToken).ToOk())
        .RequirePermission(FundingPermissions.ReadFunds);
}
