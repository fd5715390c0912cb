using System.Text.Json.Serialization;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Memberships;

/// <summary>Gives a member other roles, in place of all that they had. Needs the version that is being changed as If-Match.</summary>
internal static class ChangeRoles
{
    public sealed record Command(IReadOnlyList<string> Roles, IReadOnlyList<Guid>? Chapters = null, bool Below = false, DateTimeOffset? ValidFrom = null, DateTimeOffset? ValidUntil = null)
        : ICommand<Done>, IRoleGrant
    {
        [JsonIgnore]
        public Guid MembershipId { get; init; }

        [JsonIgnore]
        public int Version { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => Include(new RoleGrantValidator());
    }

    internal sealed class Handler(IdentityDbContext db, GrantingRules granting, AccessTokens tokens, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var member = await db.LockMembership(m => m.Id == request.MembershipId, cancellationToken);
            if (member is null)
            {
                return new MembershipNotFound();
            }

            if (member.Version != request.Version)
            {
                return new StaleVersion();
            }

            // Who may not give it may not take it away either.
            if ((await granting.Refuse(member, cancellationToken) ?? await granting.Refuse(request, cancellationToken)) is { } refusal)
            {
                return Result<Done>.Failure(refusal);
            }

            var now = clock.GetUtcNow();
            var administered = member.AdministersUntil(now);
            member.Hold(request);
            if (member.AdministersUntil(now) < administered && !await db.HasOtherAdministrator([member.Id], administered, now, cancellationToken))
            {
                return new LastAdministrator();
            }

            member.TellWhenOver(outbox);
            tokens.Revoked(member.PersonId, outbox);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/members/{membershipId:guid}/roles", (Guid membershipId, IfMatch ifMatch, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { MembershipId = membershipId, Version = ifMatch.Version }, cancellationToken).ToNoContent())
        .RequirePermission(IdentityPermissions.ManageMembers);
}
