using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Rostering.Policies;
using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.Swaps;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.SignUps;

/// <summary>A volunteer takes a place on a shift, unless that would exceed their burnout limits. Where all places are taken they join the waitlist.</summary>
internal static class SignUpForShift
{
    /// <param name="VolunteerId">The caller's own record where not given.</param>
    public sealed record Command(Guid? VolunteerId, LimitOverride? Override) : ICommand<Response>, ISharesTransaction
    {
        [JsonIgnore]
        public Guid ShiftId { get; init; }
    }

    /// <summary>Passes over burnout limits for a free place, never over other shifts: nobody waits by it, since an offer would be held against the limits again.</summary>
    public sealed record LimitOverride(OverrideReason? Reason, string Note);

    /// <param name="Status">confirmed or waitlisted.</param>
    /// <param name="Warnings">Limits that came near or were passed without being refused.</param>
    /// <param name="PolicyVersion">The limits that the decision was made under.</param>
    public sealed record Response(Guid Id, SignUpStatus Status, IReadOnlyList<BurnoutViolation> Warnings, string PolicyVersion);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Override).ChildRules(rules =>
        {
            rules.RuleFor(o => o!.Reason).NotNull().WithMessage("Must be 'exceptional-circumstances', 'worker-consent', 'error-in-records' or 'regulatory-exemption'.");
            rules.RuleFor(o => o!.Note).Text(SignUp.ReasonLength);
        }).When(c => c.Override is not null);
    }

    internal sealed class Handler(RosteringDbContext db, DutiesElsewhere elsewhere, SwapEnding swaps, PolicySets policies, Caller caller, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        // All that the decision needs in one round trip; compiled, and a plain row for each duty, since this is the busiest query of all.
        private static readonly Func<RosteringDbContext, Guid, Guid, IAsyncEnumerable<Found>> Find = EF.CompileAsyncQuery((RosteringDbContext db, Guid shiftId, Guid volunteerId) =>
            from shift in db.Shifts
            from volunteer in db.Volunteers
            where shift.Id == shiftId && volunteer.Id == volunteerId
            from c in db.Commitments.Where(c => c.PersonId == volunteer.PersonId && c.EndsAt > shift.StartsAt.AddDays(-Commitment.DaysThatCount)).DefaultIfEmpty()
            select new Found(
                shift,
                db.SignUps.Where(s => s.ShiftId == shiftId && s.VolunteerId == volunteerId && s.Status != SignUpStatus.Cancelled).Select(s => (Guid?)s.Id).FirstOrDefault(),
                db.NetworkPolicies.Max(p => (int?)p.Number) ?? 0,
                db.TenantPolicies.Max(p => (int?)p.Number) ?? 0,
                new Candidate(volunteer.Id, volunteer.PersonId, volunteer.AccountId, volunteer.SessionsAttended, volunteer.Qualifications, new List<Duty>()),
                c == null ? null : new Duty(c.StartsAt, c.EndsAt, c.TimeZone, c.Intensity, c.Kind, c.Debrief)));

        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.OrOwn(request.VolunteerId, caller, cancellationToken) is not { } volunteerId)
            {
                return Reach.MustBeNamed("volunteerId");
            }

            // Whoever decides on this person, or changes this shift, waits here: the decision sees all that was decided before.
            db.ShareShift(request.ShiftId);
            db.LockPerson(volunteerId);
            var rows = await Find(db, request.ShiftId, volunteerId).ToListAsync(cancellationToken);
            var found = rows.FirstOrDefault();
            switch (found)
            {
                case null:
                    return await db.Volunteers.AnyAsync(v => v.Id == volunteerId, cancellationToken) ? new ShiftNotFound() : new VolunteerNotFound();
                case { Candidate: var other } when !caller.MayActFor(other.AccountId):
                    return new VolunteerNotFound();
                case { Candidate.AccountId: var account } when request.Override is not null && (!caller.May(RosteringPermissions.OverrideLimits) || caller.Is(account)):
                    return new PermissionMissing(RosteringPermissions.OverrideLimits.Name);
                case { Mine: { } mine }:
                    return new AlreadySignedUp(mine);
            }

            var (shift, now) = (found.Shift, clock.GetUtcNow());
            var candidate = await elsewhere.AddToDecide(found.Candidate with { Duties = [.. rows.Select(r => r.Duty).OfType<Duty>()] }, shift.StartsAt, cancellationToken);
            var set = await policies.At(new PolicyVersion(found.NetworkPolicy, found.TenantPolicy), cancellationToken);
            var (refusal, decision) = Eligibility.Of(shift, candidate, set.For(shift.ChapterId), now, asNew: true);
            if (refusal is ShiftOverlap)
            {
                // It may be this very shift, kept for them since they ask for it in an exchange: that ends with a place. A refusal changes nothing.
                candidate = await elsewhere.AddToDecide(await db.Candidates(db.Volunteers.Where(v => v.Id == volunteerId), shift).SingleAsync(cancellationToken), shift.StartsAt, cancellationToken);
                (refusal, decision) = Eligibility.Of(shift, candidate, set.For(shift.ChapterId), now, asNew: true);
                await (shift.HasRoom ? swaps.EndThoseFor(shift.Id, volunteerId, cancellationToken) : Task.CompletedTask);
            }

            var overridden = refusal is BurnoutLimit && shift.HasRoom ? request.Override : null;
            if (refusal is not null && overridden is null)
            {
                return refusal;
            }

            var signUp = SignUp.For(shift, candidate, now, set.Version);
            if (overridden is not null)
            {
                signUp.PassOver(decision, overridden.Reason!.Value, overridden.Note);
            }

            db.Take(outbox, signUp, shift, candidate, decision);
            if (signUp.HoldsPlace)
            {
                db.CountPlace(signUp, shift);
            }

            return new Response(signUp.Id, signUp.Status, BurnoutViolation.Of(decision), set.Version.ToString());
        }

        /// <param name="Mine">The volunteer's own sign-up for the shift already.</param>
        /// <param name="Duty">One of the candidate's; null for whoever has none.</param>
        private sealed record Found(Shift Shift, Guid? Mine, int NetworkPolicy, int TenantPolicy, Candidate Candidate, Duty? Duty);
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/shifts/{shiftId:guid}/signups", (Guid shiftId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { ShiftId = shiftId }, cancellationToken).ToCreated(r => $"/signups/{r.Id}"))
        .RequirePermission(RosteringPermissions.SignUp);
}
