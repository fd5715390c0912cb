namespace NetworkPlatform.Rostering.Shifts;

/// <summary>Sets the tenant's terms for a role: for shifts that are opened from now on, and for those of the role that are still to come and have no terms of their own.</summary>
internal static class SetShiftRole
{
    public sealed record Command(ShiftRole? Role, ShiftTerms? Terms) : ICommand<Done>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Role).NotNull().WithMessage(EnumNames<ShiftRole>.MustBeOne);
            RuleFor(c => c.Terms).NotNull().WithMessage("Must be the role's terms; {} for none.");
            RuleFor(c => c.Terms!).SetValidator(new ShiftTerms.Validator()).When(c => c.Terms is not null);
        }
    }

    internal sealed class Handler(RosteringDbContext db, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var (role, terms, now) = (request.Role!.Value, request.Terms!, clock.GetUtcNow());
            var set = await db.RoleTerms.SingleOrDefaultAsync(r => r.Role == role, cancellationToken);
            if (set is null)
            {
                db.Add(new RoleTerms { Role = role, Terms = terms });
            }
            else
            {
                set.Terms = terms;
            }

            await db.Shifts.Where(s => s.Role == role && !s.HasOwnTerms && s.Status == ShiftStatus.Open && s.StartsAt > now).ExecuteUpdateAsync(
                update => update.SetProperty(s => s.Terms, terms).SetProperty(s => s.Version, s => s.Version + 1), cancellationToken);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/shift-roles", (Command command, IMediator mediator, CancellationToken cancellationToken) => mediator.Send(command, cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ManageRoles);
}
