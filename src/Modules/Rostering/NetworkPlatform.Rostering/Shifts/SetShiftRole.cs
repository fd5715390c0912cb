namespace NetworkPlatform.Rostering.Shifts;

/// <summary>Sets the tenant's terms for a role: for shifts that are opened from now on, and for those of the role that are still to come.</summary>
internal static class SetShiftRole
{
    /// <param name="Role">In kebab case.</param>
    public sealed record Command(string Role, ShiftTerms Terms) : ICommand<Done>;

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Terms).SetValidator(new ShiftTerms.Validator());
    }

    internal sealed class Handler(RosteringDbContext db, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (EnumNames<ShiftRole>.Parse(request.Role) is not { } role)
            {
                return new ShiftRoleNotFound(EnumNames<ShiftRole>.All);
            }

            var set = await db.RoleTerms.SingleOrDefaultAsync(r => r.Role == role, cancellationToken);
            if (set is null)
            {
                db.Add(new RoleTerms { Role = role, Terms = request.Terms });
            }
            else
            {
                set.Terms = request.Terms;
            }

            var now = clock.GetUtcNow();
            await db.Shifts.Where(s => s.Role == role && s.Status == ShiftStatus.Open && s.StartsAt > now).ExecuteUpdateAsync(
                update => update.SetProperty(s => s.Terms, request.Terms).SetProperty(s => s.Version, s => s.Version + 1), cancellationToken);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/shift-roles/{role}", (string role, ShiftTerms terms, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(role, terms), cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ManageRoles);
}

internal sealed record ShiftRoleNotFound(IReadOnlyList<string> Roles) : NotFound("There is no such role.");
