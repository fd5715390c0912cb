namespace NetworkPlatform.Rostering.Wellbeing;

/// <summary>Sets what the tenant offers to a volunteer whose check-in suggests that they could use support: whom to talk to, and how.</summary>
internal static class SetSupportOffer
{
    public sealed record Command(string Text) : ICommand<Done>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Text).Text(SupportOffer.TextLength);
    }

    internal sealed class Handler(RosteringDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.SupportOffers.SingleOrDefaultAsync(cancellationToken) is { } offer)
            {
                offer.Text = request.Text.Trim();
            }
            else
            {
                db.Add(new SupportOffer { Text = request.Text.Trim() });
            }

            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/support-offer", (Command command, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(command, cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ManageVolunteers);
}
