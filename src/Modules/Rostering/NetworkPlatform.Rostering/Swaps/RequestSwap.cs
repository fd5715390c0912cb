using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.SignUps;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Swaps;

/// <summary>Asks another volunteer, or anybody, to take over a shift; for an exchange, in return for one of theirs. Nothing changes hands before it is accepted.</summary>
internal static class RequestSwap
{
    /// <param name="ToVolunteerId">Null for anybody, or whoever holds the sign-up asked for in return.</param>
    /// <param name="InReturnSignUpId">Null to be covered without a return.</param>
    public sealed record Command(Guid? ToVolunteerId, Guid? InReturnSignUpId) : ICommand<Response>
    {
        [JsonIgnore]
        public Guid SignUpId { get; init; }
    }

    public sealed record Response(Guid Id, SwapStatus Status, DateTimeOffset Until);

    internal sealed class Handler(
        RosteringDbContext db, DutiesElsewhere elsewhere, PolicySets policies, Caller caller, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            // Both shifts, as accepting does: what is asked for in return may be given back or moved just now.
            var signUps = new[] { request.SignUpId, request.InReturnSignUpId ?? request.SignUpId };
            db.LockShifts(await db.SignUps.Where(s => signUps.Contains(s.Id)).Select(s => s.ShiftId).ToListAsync(cancellationToken));
            var given = await db.SignUpWithShift(request.SignUpId, cancellationToken);
            if (given is null || !caller.MayActFor(given.Account))
            {
                return new SignUpNotFound();
            }

            var inReturn = request.InReturnSignUpId is { } id ? await db.SignUpWithShift(id, cancellationToken) : null;
            if (request.InReturnSignUpId is not null && inReturn is null)
            {
                return Invalid.Field("inReturnSignUpId", "There is no such sign-up.");
            }

            var to = inReturn?.SignUp.VolunteerId ?? request.ToVolunteerId;
            if (await FindObstacle(given, inReturn, to, request, cancellationToken) is { } obstacle)
            {
                return obstacle;
            }

            var swap = new Swap
            {
                SignUpId = given.SignUp.Id,
                ShiftId = given.Shift.Id,
                ChapterId = given.Shift.ChapterId,
                FromVolunteerId = given.SignUp.VolunteerId,
                ToVolunteerId = to,
                InReturnSignUpId = inReturn?.SignUp.Id,
                InReturnShiftId = inReturn?.Shift.Id,
                At = clock.GetUtcNow(),
                Until = inReturn is { Shift.StartsAt: var start } && start < given.Shift.StartsAt ? start : given.Shift.StartsAt,
            };
            if (inReturn is not null && await Reserve(swap, given, inReturn, cancellationToken) is { } refusal)
            {
                return refusal;
            }

            db.Add(swap);
            outbox.Publish(new SwapRequested(swap.Id, swap.ShiftId, swap.FromVolunteerId, to, swap.InReturnShiftId, swap.ChapterId, swap.Until));
            outbox.PublishAt(swap.Until, new SwapTimeUp(swap.Id));
            return new Response(swap.Id, swap.Status, swap.Until);
        }

        private async Task<Error?> FindObstacle(SignUpOnShift given, SignUpOnShift? inReturn, Guid? to, Command request, CancellationToken cancellationToken)
        {
            foreach (var (signUp, shift, _) in new[] { given, inReturn ?? given })
            {
                if (signUp.Status != SignUpStatus.Confirmed)
                {
                    return new SignUpNotConfirmed(signUp.Status);
                }

                if (shift.StartsAt <= clock.GetUtcNow())
                {
                    return new ShiftHasStarted(shift.StartsAt);
                }
            }

            if (to == given.SignUp.VolunteerId || (request.ToVolunteerId is { } named && named != to))
            {
                return new SwapWithOneself();
            }

            if (to is not null && !await db.Volunteers.AnyAsync(v => v.Id == to, cancellationToken))
            {
                return Invalid.Field("toVolunteerId", "There is no such volunteer.");
            }

            return await db.Swaps.Where(s => s.SignUpId == given.SignUp.Id && s.Status == SwapStatus.Pending).Select(s => (Guid?)s.Id).FirstOrDefaultAsync(cancellationToken) is { } pending
                ? new SwapAlreadyRequested(pending)
                : null;
        }

        /// <summary>The shift asked for counts from now on, so that the one who asks does not fill the room that it will need.</summary>
        private async Task<Error?> Reserve(Swap swap, SignUpOnShift given, SignUpOnShift inReturn, CancellationToken cancellationToken)
        {
            db.LockPerson(given.SignUp.VolunteerId);
            var others = db.Commitments.Where(c => c.Id != given.SignUp.Id);
            var here = await db.Candidates(db.Volunteers.Where(v => v.Id == given.SignUp.VolunteerId), others, inReturn.Shift.StartsAt).SingleAsync(cancellationToken);
            var candidate = await elsewhere.AddToDecide(here, inReturn.Shift.StartsAt, cancellationToken);
            var policy = (await policies.Newest(cancellationToken)).For(inReturn.Shift.ChapterId);
            if (Eligibility.Of(inReturn.Shift, candidate, policy, clock.GetUtcNow()).Refusal is { } refusal)
            {
                return refusal;
            }

            db.Add(Commitment.Of(swap.Id, candidate.PersonId, inReturn.Shift.ToDuty()));
            return null;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/signups/{signUpId:guid}/swaps", (Guid signUpId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { SignUpId = signUpId }, cancellationToken).ToCreated(r => $"/swaps/{r.Id}"))
        .RequirePermission(RosteringPermissions.SignUp);
}
