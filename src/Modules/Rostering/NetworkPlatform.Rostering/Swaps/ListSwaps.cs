using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Swaps;

/// <summary>Requests to swap or cover, newest last. Volunteers see those that they made, that were made to them, and the pending ones that anybody may accept.</summary>
internal static class ListSwaps
{
    public sealed record Query(string? Status, Paging Paging) : IQuery<Page<Item>>;

    public sealed record Item(
        Guid Id, SwapStatus Status, Guid SignUpId, Guid ShiftId, Guid FromVolunteerId, Guid? ToVolunteerId, Guid? InReturnSignUpId, Guid? InReturnShiftId, DateTimeOffset At, DateTimeOffset Until);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Status).Must(status => status is null || EnumNames<SwapStatus>.Parse(status) is not null).WithMessage(EnumNames<SwapStatus>.MustBeOne);
    }

    internal sealed class Handler(RosteringDbContext db, Caller caller) : IQueryHandler<Query, Page<Item>>
    {
        public async Task<Result<Page<Item>>> Handle(Query request, CancellationToken cancellationToken)
        {
            IQueryable<Swap> swaps = db.Swaps;
            if (EnumNames<SwapStatus>.Parse(request.Status) is { } status)
            {
                swaps = swaps.Where(s => s.Status == status);
            }

            if (!caller.May(RosteringPermissions.ActForOthers))
            {
                var own = db.Volunteers.OwnOf(caller).Select(v => v.Id);
                swaps = swaps.Where(s => own.Contains(s.FromVolunteerId) || (s.ToVolunteerId != null && own.Contains(s.ToVolunteerId.Value)) || (s.ToVolunteerId == null && s.Status == SwapStatus.Pending && own.Any()));
            }

            return await swaps.ToPageById(
                request.Paging,
                s => new Item(s.Id, s.Status, s.SignUpId, s.ShiftId, s.FromVolunteerId, s.ToVolunteerId, s.InReturnSignUpId, s.InReturnShiftId, s.At, s.Until),
                i => i.Id,
                cancellationToken);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/swaps", (string? status, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(status, paging), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.ReadSignUps);
}
