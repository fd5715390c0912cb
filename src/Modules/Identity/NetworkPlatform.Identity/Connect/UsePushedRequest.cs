namespace NetworkPlatform.Identity.Connect;

/// <summary>Takes a pushed authorization request: once (RFC 9126 §7.3), when it is answered.</summary>
internal static class UsePushedRequest
{
    public sealed record Command(Guid Id) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            return await db.PushedRequests.Where(r => r.Id == request.Id && r.ConsumedAt == null && r.ExpiresAt > now).ExecuteUpdateAsync(r => r.SetProperty(x => x.ConsumedAt, now), cancellationToken) == 1
                ? Done.Instance
                : new SignInRequestEnded();
        }
    }
}
