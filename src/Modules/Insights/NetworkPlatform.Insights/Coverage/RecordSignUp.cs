namespace NetworkPlatform.Insights.Coverage;

/// <summary>Records that a place on a session's shift was taken or given back; shifts that stand alone cover no session. Only consumers send it.</summary>
internal static class RecordSignUp
{
    public sealed record Command(Guid SignUpId, Guid? SessionId, SignUpStatus Status) : ITogether;

    internal sealed class Handler(InsightsDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (request.SessionId is not { } sessionId)
            {
                return Done.Instance;
            }

            var signUp = await db.SignUps.SingleOrDefaultAsync(s => s.Id == request.SignUpId, cancellationToken);
            if (signUp is null)
            {
                signUp = SignUpFact.About(request.SignUpId, sessionId);
                db.Add(signUp);
            }

            signUp.Apply(request.Status);
            return Done.Instance;
        }
    }
}
