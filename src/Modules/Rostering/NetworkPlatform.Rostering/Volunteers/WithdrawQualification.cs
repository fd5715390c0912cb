namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>Removes a qualification that was recorded in error or is held no longer. Shifts taken stay taken.</summary>
internal static class WithdrawQualification
{
    public sealed record Command(Guid VolunteerId, string Code) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var volunteer = await db.Volunteers.SingleOrDefaultAsync(v => v.Id == request.VolunteerId, cancellationToken);
            if (volunteer is null)
            {
                return new VolunteerNotFound();
            }

            if (volunteer.Qualifications.All.All(q => q.Code != request.Code))
            {
                return new QualificationNotFound();
            }

            volunteer.Qualifications = volunteer.Qualifications.Without(request.Code);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/volunteers/{volunteerId:guid}/qualifications", (Guid volunteerId, string? code, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(volunteerId, code ?? ""), cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ManageVolunteers);
}

internal sealed record QualificationNotFound() : NotFound("The volunteer holds no qualification of that code.");
