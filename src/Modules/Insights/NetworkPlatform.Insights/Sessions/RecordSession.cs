namespace NetworkPlatform.Insights.Sessions;

/// <summary>Records what an event says of a session. Only consumers send it.</summary>
internal static class RecordSession
{
    public sealed record Command(Guid SessionId, SessionChange Change) : ITogether;

    internal sealed class Handler(InsightsDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == request.SessionId, cancellationToken);
            if (session is null)
            {
                session = SessionFact.About(request.SessionId);
                db.Add(session);
            }

            session.Apply(request.Change);
            return Done.Instance;
        }
    }
}
