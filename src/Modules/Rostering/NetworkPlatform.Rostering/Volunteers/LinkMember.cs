namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>
/// Links a volunteer to the account of somebody who has become a member: the one whom they were invited as, else the one with the e-mail address that they have shown to be theirs. A link that
/// is there stays.
/// </summary>
internal static class LinkMember
{
    public sealed record Command(Guid PersonId, string Email, Guid? VolunteerId) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            // Whoever registers them meanwhile has asked for the members already, or is waited for here.
            db.LockRegistrations();
            if (await db.Volunteers.AnyAsync(v => v.AccountId == request.PersonId, cancellationToken))
            {
                return Done.Instance;
            }

            // The person's id within the tenant follows from the address, whether they are counted over the network or not.
            var keys = NetworkVolunteer.KeysOf(db.TenantId, request.Email);
            var unlinked = db.Volunteers.Where(v => v.AccountId == null);
            var volunteer = request.VolunteerId is { } id
                ? await unlinked.SingleOrDefaultAsync(v => v.Id == id, cancellationToken)
                : await unlinked.SingleOrDefaultAsync(v => db.NetworkVolunteers.Any(p => p.Id == v.PersonId && keys.Contains(p.EmailKey)), cancellationToken);
            if (volunteer is not null)
            {
                volunteer.AccountId = request.PersonId;
            }

            return Done.Instance;
        }
    }
}
