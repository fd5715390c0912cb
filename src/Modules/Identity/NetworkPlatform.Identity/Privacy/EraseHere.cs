namespace NetworkPlatform.Identity.Privacy;

/// <summary>The person has left every tenant of the network, this one among them. Nobody else sends it.</summary>
internal static class EraseHere
{
    public sealed record Command(Guid PersonId) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, Subjects subjects, Outbox outbox, Caller caller, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            // Delivered again, unless they have joined once more since.
            if (await db.Erasures.AnyAsync(
                    e => e.PersonId == request.PersonId && e.ConfirmedAt != null && !db.Memberships.Any(m => m.PersonId == request.PersonId && m.JoinedAt > e.ConfirmedAt), cancellationToken)
                || await subjects.Find(request.PersonId, [], isAsking: false, cancellationToken) is not { } subject)
            {
                return Done.Instance;
            }

            var erasure = Erasure.Confirmed(Guid.CreateVersion7(), request.PersonId, subject.Ids, caller.Subject, clock.GetUtcNow());
            db.Add(erasure);
            outbox.Publish(erasure.ToEvent());
            return Done.Instance;
        }
    }
}
