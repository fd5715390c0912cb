using NetworkPlatform.Funding.Ledger;

namespace NetworkPlatform.Funding.InKind;

/// <summary>
/// Books the value of time that a volunteer gave, once per sign-up, in the tenant's currency. It is income and expense in kind: no fund has more or less of
/// it. Follows <c>ShiftCompleted</c>; no request can send it.
/// </summary>
internal static class BookVolunteerTime
{
    public sealed record Command(Guid SignUpId, Guid? GroupId, DateTimeOffset StartedAt, int Minutes, bool Attended) : ICommand<Done>;

    internal sealed class Handler(FundingDbContext db, HourlyValues hourlyValues, TenantContext current, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (!request.Attended || request.Minutes <= 0 || await db.VolunteerTimes.AnyAsync(v => v.SignUpId == request.SignUpId, cancellationToken))
            {
                return Done.Instance;
            }

            var tenant = current.Tenant;
            var workedOn = request.StartedAt.DateIn(tenant.TimeZone);
            var value = hourlyValues.ValueOf(request.Minutes, tenant.Currency);
            var transaction = LedgerTransaction.VolunteerTime(request.SignUpId, request.GroupId, value, clock.GetUtcNow(), workedOn);
            db.Add(transaction);
            db.Add(new VolunteerTime { SignUpId = request.SignUpId, Minutes = request.Minutes, WorkedOn = workedOn, TransactionId = transaction.Id });
            return Done.Instance;
        }
    }
}
