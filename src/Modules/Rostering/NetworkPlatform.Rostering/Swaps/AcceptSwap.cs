using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Swaps;

/// <summary>Takes over another volunteer's shift, handing over one's own where that was asked for. Both are checked as after the swap, and either all of it happens or nothing.</summary>
internal static class AcceptSwap
{
    /// <param name="VolunteerId">Who accepts a request that anybody may; the caller's own record where not given.</param>
    public sealed record Command(Guid? VolunteerId) : ICommand<Response>
    {
        [JsonIgnore]
        public Guid SwapId { get; init; }
    }

    /// <param name="SignUpId">Of the volunteer who accepted.</param>
    /// <param name="InReturnSignUpId">Of the one who asked.</param>
    public sealed record Response(Guid Id, SwapStatus Status, Guid SignUpId, Guid? InReturnSignUpId);

    internal sealed class Handler(
        RosteringDbContext db, DutiesElsewhere elsewhere, SwapEnding swaps, PolicySets policies, Caller caller, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var asked = await db.Swaps.AsNoTracking().SingleOrDefaultAsync(s => s.Id == request.SwapId, cancellationToken);
            if (asked is null)
            {
                return new SwapNotFound();
            }

            if ((asked.ToVolunteerId ?? await db.OrOwn(request.VolunteerId, caller, cancellationToken)) is not { } acceptor)
            {
                return Reach.MustBeNamed("volunteerId");
            }

            var people = await db.Volunteers.AsNoTracking().Where(v => v.Id == acceptor || v.Id == asked.FromVolunteerId).ToListAsync(cancellationToken);
            if (people.Find(p => p.Id == acceptor) is not { } taker || !caller.MayActFor(taker.AccountId))
            {
                return new SwapNotFound();
            }

            db.LockShifts([asked.ShiftId, asked.InReturnShiftId ?? asked.ShiftId]);
            var swap = await db.Swaps.SingleAsync(s => s.Id == request.SwapId, cancellationToken);
            if (swap.Status != SwapStatus.Pending || swap.Until <= clock.GetUtcNow())
            {
                return new SwapNotPending(swap.Status);
            }

            if (taker.Id == swap.FromVolunteerId)
            {
                return new SwapWithOneself();
            }

            var given = (await db.SignUpWithShift(swap.SignUpId, cancellationToken))!;
            var inReturn = swap.InReturnSignUpId is { } id ? await db.SignUpWithShift(id, cancellationToken) : null;
            if (swap.InReturnSignUpId is not null && inReturn is null)
            {
                return new SwapNotFound(); // half of it is in a chapter that the caller does not reach
            }

            db.LockPeople(people.Select(p => p.Id));
            var takes = await HandOver(given, taker.Id, inReturn?.SignUp.Id ?? Guid.Empty, cancellationToken);
            if (!takes.IsSuccess)
            {
                return takes.Error;
            }

            var returns = inReturn is null ? null : await HandOver(inReturn, swap.FromVolunteerId, given.SignUp.Id, cancellationToken);
            if (returns is { IsSuccess: false })
            {
                // What stands in somebody's way is theirs to know.
                return caller.MayActFor(people.Find(p => p.Id == swap.FromVolunteerId)?.AccountId) ? returns.Error : new SwapNotPossibleNow();
            }

            swap.ToVolunteerId = taker.Id;
            await swaps.End(swap, SwapStatus.Accepted, cancellationToken);
            await swaps.EndThoseOf([given.SignUp.Id, inReturn?.SignUp.Id ?? given.SignUp.Id], cancellationToken);
            await swaps.EndThoseFor(given.Shift.Id, taker.Id, cancellationToken);
            if (inReturn is not null)
            {
                await swaps.EndThoseFor(inReturn.Shift.Id, swap.FromVolunteerId, cancellationToken);
            }

            return new Response(swap.Id, swap.Status, takes.Value.Id, returns?.Value?.Id);
        }

        /// <param name="leftOut">What the receiver gives up with it.</param>
        private async Task<Result<SignUp>> HandOver(SignUpOnShift handed, Guid receiverId, Guid leftOut, CancellationToken cancellationToken)
        {
            var (old, shift, now) = (handed.SignUp, handed.Shift, clock.GetUtcNow());
            var here = await db.Candidates(db.Volunteers.Where(v => v.Id == receiverId), shift, leftOut).SingleAsync(cancellationToken);
            var receiver = await elsewhere.AddToDecide(here, shift.StartsAt, cancellationToken);
            var mine = await db.SignUps.SingleOrDefaultAsync(s => s.ShiftId == shift.Id && s.VolunteerId == receiverId && s.Status != SignUpStatus.Cancelled, cancellationToken);
            if (old.Status != SignUpStatus.Confirmed)
            {
                return new SignUpNotConfirmed(old.Status);
            }

            if (mine is { Status: not SignUpStatus.Waitlisted })
            {
                return new AlreadySignedUp(mine.Id);
            }

            shift.ReleasePlace(old.Experienced);
            var set = await policies.Newest(cancellationToken);
            var (refusal, decision) = Eligibility.Of(shift, receiver, set.For(shift.ChapterId), now);
            if (refusal is not null)
            {
                return refusal;
            }

            old.Cancel("Handed over in a swap.");
            await db.Commitments.Where(c => c.Id == old.Id).ExecuteDeleteAsync(cancellationToken);
            outbox.Publish(new SignUpCancelled(old.Id, shift.Id, shift.SessionId, old.VolunteerId, WasConfirmed: true));
            if (mine is null)
            {
                mine = SignUp.For(shift, receiver, now, set.Version);
                db.Take(outbox, mine, shift, receiver, decision);
                return mine;
            }

            // They were waiting for just this place.
            (mine.Status, mine.PolicyVersion) = (SignUpStatus.Confirmed, set.Version.ToString());
            db.Occupy(outbox, mine, shift, receiver, decision);
            outbox.Publish(new VolunteerSignedUp(mine.Id, shift.Id, shift.SessionId, receiverId, shift.ChapterId));
            return mine;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/swaps/{swapId:guid}/accept", (Guid swapId, Command? command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send((command ?? new Command(VolunteerId: null)) with { SwapId = swapId }, cancellationToken).ToOk())
        .RequirePermission(RosteringPermissions.SignUp);
}
