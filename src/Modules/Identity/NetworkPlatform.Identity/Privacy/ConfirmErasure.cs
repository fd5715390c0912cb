using NetworkPlatform.Identity.Memberships;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.SignIn;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Privacy;

/// <summary>Second step of an erasure: from the answer on nothing stops it. Every module erases what it holds; ledgers and audit keep ids that stand for nobody.</summary>
internal static class ConfirmErasure
{
    /// <param name="OwnOf">The person who confirms their own; null for an administrator.</param>
    public sealed record Command(Guid ErasureId, Guid? OwnOf) : ICommand<Done>;

    internal sealed class Handler(IdentityDbContext db, Subjects subjects, GrantingRules granting, AccessTokens tokens, Outbox outbox, Caller caller, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            if (request.OwnOf is not null && !SignInSession.IsFresh(caller.AuthenticatedAt, now))
            {
                return new SignInNotRecent();
            }

            // A person confirms what they have asked for, an administrator what administrators have.
            var erasure = await db.Erasures.SingleOrDefaultAsync(
                e => e.Id == request.ErasureId && e.Everywhere == (request.OwnOf != null) && (request.OwnOf == null || e.PersonId == request.OwnOf), cancellationToken);
            if (erasure is null)
            {
                return new ErasureNotFound();
            }

            if (erasure.ConfirmedAt is not null || now >= erasure.ConfirmBefore)
            {
                return erasure.ConfirmedAt is not null ? new AlreadyConfirmed() : new ErasureLapsed(erasure.ConfirmBefore);
            }

            var subject = await subjects.FindAgain(erasure, cancellationToken);
            var others = erasure is { Everywhere: true, PersonId: { } own } ? await subjects.OtherTenantsOf(own, cancellationToken) : [];
            if (await subjects.IsHeld(subject, erasure.PersonId, others, cancellationToken))
            {
                return new LegalHoldStands();
            }

            if (erasure.PersonId is { } leaver && await EndMembership(leaver, erasure.Everywhere, others, now, cancellationToken) is { } needed)
            {
                return Result<Done>.Failure(needed);
            }

            erasure.SubjectIds = [.. subject.Ids];
            erasure.Confirm(caller.Subject, now);
            if (erasure.Everywhere && await db.People.SingleOrDefaultAsync(p => p.Id == erasure.PersonId, cancellationToken) is { } person)
            {
                await db.ShutOut(person, tokens, outbox, now, cancellationToken);
            }

            outbox.Publish(erasure.ToEvent());
            return Done.Instance;
        }

        /// <summary>At once, so that of two administrators who erase themselves at the same moment the second sees that nobody else is left.</summary>
        private async Task<Error?> EndMembership(Guid personId, bool everywhere, IReadOnlyList<TenantInfo> others, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var member = await db.LockMembership(m => m.PersonId == personId, cancellationToken);
            if (everywhere && await subjects.AdministeredAlone(personId, others, now, cancellationToken) is { Count: > 0 } tenants)
            {
                return new OnlyAdministrator(tenants);
            }

            if (!everywhere && member is not null && await Refuse(member, now, cancellationToken) is { } refusal)
            {
                return refusal;
            }

            member?.EndedAt = now;
            tokens.Revoked(personId, outbox);
            return null;
        }

        /// <summary>Whom an administrator may not remove they may not erase either.</summary>
        private async Task<Error?> Refuse(Membership member, DateTimeOffset now, CancellationToken cancellationToken) =>
            await granting.Refuse(member, cancellationToken) ?? (await db.IsLastAdministrator(member, now, cancellationToken) ? new LastAdministrator() : null);
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/erasures/{erasureId:guid}/confirm", (Guid erasureId, IMediator mediator, CancellationToken cancellationToken) =>
                mediator.Send(new Command(erasureId, OwnOf: null), cancellationToken).ToNoContent())
            .RequirePermission(IdentityPermissions.ManagePrivacy);
        routes.MapDelete("/me", (Guid erasure, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
                mediator.Send(new Command(erasure, caller.PersonId), cancellationToken).ToNoContent())
            .RequirePersonThemself();
    }
}
