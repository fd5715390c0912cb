using NetworkPlatform.Identity.Contracts;

namespace NetworkPlatform.Identity.Merging;

/// <summary>A network administrator believes that two accounts are one person's. Both addresses are asked; nothing happens unless both agree.</summary>
internal static class AskMerge
{
    /// <param name="KeptId">The account that stays.</param>
    /// <param name="AbsorbedId">The account that ends; its memberships become the kept one's.</param>
    public sealed record Command(Guid KeptId, Guid AbsorbedId) : ICommand<Response>;

    public sealed record Response(Guid Id);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.KeptId).NotEmpty();
            RuleFor(c => c.AbsorbedId).NotEmpty().NotEqual(c => c.KeptId).WithMessage("Must be another account than keptId.");
        }
    }

    internal sealed class Handler(IdentityDbContext db, TenantContext current, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (current.Tenant.Id != current.Tenant.NetworkId)
            {
                return new NetworkPeopleNotYours();
            }

            foreach (var id in (Guid[])[request.KeptId, request.AbsorbedId])
            {
                if (await db.People.SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is not { MaySignIn: true })
                {
                    return new PersonNotFound(id);
                }
            }

            var merge = new PersonMerge { KeptId = request.KeptId, AbsorbedId = request.AbsorbedId, AskedAt = clock.GetUtcNow() };
            db.Add(merge);
            outbox.Publish(new MergeAsked(merge.Id, merge.KeptId));
            outbox.Publish(new MergeAsked(merge.Id, merge.AbsorbedId));
            return new Response(merge.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/network/people/merge", (Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command, cancellationToken).ToAccepted(_ => "/network/people"))
        .RequirePermission(IdentityPermissions.ManagePeople);
}
