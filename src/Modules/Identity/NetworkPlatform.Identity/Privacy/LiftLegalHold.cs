namespace NetworkPlatform.Identity.Privacy;

/// <summary>What was held on somebody no longer has to stay.</summary>
internal static class LiftLegalHold
{
    public sealed record Command(Guid HoldId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.LegalHolds.SingleOrDefaultAsync(h => h.Id == request.HoldId, cancellationToken) is not { } hold)
            {
                return new LegalHoldNotFound();
            }

            hold.LiftedAt ??= clock.GetUtcNow();
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/legal-holds/{holdId:guid}", (Guid holdId, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Command(holdId), cancellationToken).ToNoContent())
        .RequirePermission(IdentityPermissions.ManagePrivacy);
}
