using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.Swaps;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>Takes up the place that was offered to somebody on the waitlist, or one that is free while they still wait, having been passed over before.</summary>
internal static class ConfirmSignUp
{
    public sealed record Command(Guid SignUpId) : ICommand<Response>;

    public sealed record Response(Guid Id, SignUpStatus Status);

    internal sealed class Handler(
        RosteringDbContext db, DutiesElsewhere elsewhere, SwapEnding swaps, PolicySets policies, Caller caller, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            await db.LockShiftOf(request.SignUpId, cancellationToken);
            var found = await db.SignUpWithShift(request.SignUpId, cancellationToken);
            if (found is null || !caller.MayActFor(found.Account))
            {
                return new SignUpNotFound();
            }

            var (signUp, shift) = (found.SignUp, found.Shift);
            switch (signUp.Status)
            {
                case SignUpStatus.Waitlisted:
                    if (await TakeFreePlace(found, cancellationToken) is { } refusal)
                    {
                        return refusal;
                    }

                    break;
                case SignUpStatus.Offered when signUp.OfferedUntil > clock.GetUtcNow():
                    break;
                default:
                    return new NothingToConfirm(signUp.Status);
            }

            (signUp.Status, signUp.OfferedUntil) = (SignUpStatus.Confirmed, null);
            outbox.Publish(new VolunteerSignedUp(signUp.Id, shift.Id, shift.SessionId, signUp.VolunteerId, shift.ChapterId));
            await swaps.EndThoseFor(shift.Id, signUp.VolunteerId, cancellationToken);
            return new Response(signUp.Id, signUp.Status);
        }

        private async Task<Error?> TakeFreePlace(SignUpOnShift found, CancellationToken cancellationToken)
        {
            var (signUp, shift) = (found.SignUp, found.Shift);
            if (!shift.HasRoom)
            {
                return new ShiftIsFull();
            }

            db.LockPerson(signUp.VolunteerId);
            var here = await db.Candidates(db.Volunteers.Where(v => v.Id == signUp.VolunteerId), shift).SingleAsync(cancellationToken);
            var candidate = await elsewhere.AddToDecide(here, shift.StartsAt, cancellationToken);
            var set = await policies.Newest(cancellationToken);
            var (refusal, decision) = Eligibility.Of(shift, candidate, set.For(shift.ChapterId), clock.GetUtcNow());
            if (refusal is null)
            {
                signUp.PolicyVersion = set.Version.ToString();
                db.Occupy(outbox, signUp, shift, candidate, decision);
            }

            return refusal;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/signups/{signUpId:guid}/confirm", (Guid signUpId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Command(signUpId), cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.SignUp);
}
