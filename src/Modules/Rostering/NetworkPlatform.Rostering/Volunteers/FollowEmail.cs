namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>A member has another e-mail address: so has their volunteer, unless that had one of its own or the new one is another volunteer's.</summary>
internal static class FollowEmail
{
    public sealed record Command(Guid PersonId, string OldEmail, string NewEmail) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.Volunteers.Where(v => v.AccountId == request.PersonId).Select(v => (Guid?)v.Id).SingleOrDefaultAsync(cancellationToken) is not { } id)
            {
                return Done.Instance;
            }

            db.LockPerson(id);
            var volunteer = await db.Volunteers.SingleAsync(v => v.Id == id, cancellationToken);
            if (NetworkVolunteer.KeyOf(volunteer.Email) == NetworkVolunteer.KeyOf(request.OldEmail))
            {
                await db.TryCountAs(volunteer, request.NewEmail, !volunteer.CountedHereOnly, cancellationToken);
            }

            return Done.Instance;
        }
    }
}
