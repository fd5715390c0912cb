namespace NetworkPlatform.Identity.Privacy;

/// <summary>The person has left every tenant of the network, this one among them. Nobody else sends it.</summary>
internal static class EraseHere
{
    /// <param name="ConfirmedAt">When they confirmed it.</param>
    public sealed record Command(Guid PersonId, DateTimeOffset ConfirmedAt) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, Subjects subjects, Outbox outbox, Caller caller) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            // Delivered again, or the tenant has erased them meanwhile. What it erased before may have come anew.
            if (await db.Erasures.AnyAsync(e => e.PersonId == request.PersonId && e.ConfirmedAt >= request.ConfirmedAt, cancellationToken)
                || await subjects.Find(request.PersonId, [], isAsking: true, cancellationToken) is not { } subject)
            {
                return Done.Instance;
            }

            var erasure = Erasure.Confirmed(Guid.CreateVersion7(), request.PersonId, subject.Ids, caller.Subject, request.ConfirmedAt);
            db.Add(erasure);
            outbox.Publish(erasure.ToEvent());
            return Done.Instance;
        }
    }
}
