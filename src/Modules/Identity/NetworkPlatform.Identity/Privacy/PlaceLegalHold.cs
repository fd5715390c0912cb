namespace NetworkPlatform.Identity.Privacy;

/// <summary>What is held on a person or a volunteer must stay: no erasure is taken or confirmed until the hold is lifted.</summary>
internal static class PlaceLegalHold
{
    /// <param name="SubjectId">A person's or a volunteer's id.</param>
    /// <param name="Reason">Such as the case's number.</param>
    public sealed record Command(Guid SubjectId, string Reason) : ICommand<Response>, IReasoned;

    public sealed record Response(Guid Id);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Reason).Text(LegalHold.ReasonLength);
    }

    internal sealed class Handler(IdentityDbContext db, Subjects subjects, Caller caller, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await subjects.Find(null, [request.SubjectId], isAsking: false, cancellationToken) is null)
            {
                return new SubjectNotFound();
            }

            var hold = new LegalHold { SubjectId = request.SubjectId, Reason = request.Reason.Trim(), PlacedBy = caller.Subject, PlacedAt = clock.GetUtcNow() };
            db.Add(hold);
            return new Response(hold.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/legal-holds", (Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command, cancellationToken).ToCreated(r => $"/legal-holds/{r.Id}"))
        .RequirePermission(IdentityPermissions.ManagePrivacy);
}
