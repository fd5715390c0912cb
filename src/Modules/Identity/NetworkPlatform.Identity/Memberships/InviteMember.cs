using Microsoft.AspNetCore.Identity;
using NetworkPlatform.Identity.Contracts;
using NetworkPlatform.Identity.People;

namespace NetworkPlatform.Identity.Memberships;

/// <summary>Invites somebody by e-mail to become a member with these roles. The answer does not tell whether the network knows them.</summary>
internal static class InviteMember
{
    /// <param name="Name">What they are called, as far as is known; they say so themselves in the end.</param>
    /// <param name="VolunteerId">The volunteer that the tenant has them down as.</param>
    public sealed record Command(
        string Email, IReadOnlyList<string> Roles, string? Name = null, IReadOnlyList<Guid>? Chapters = null, bool Below = false, DateTimeOffset? ValidFrom = null,
        DateTimeOffset? ValidUntil = null, Guid? VolunteerId = null) : ICommand<Response>, IRoleGrant;

    public sealed record Response(Guid Id, DateTimeOffset ExpiresAt);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Email).Email();
            RuleFor(c => c.Name).OptionalText(Person.NameLength);
            Include(new RoleGrantValidator());
        }
    }

    internal sealed class Handler(IdentityDbContext db, GrantingRules granting, UserManager<Person> users, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await granting.Refuse(request, cancellationToken) is { } refusal)
            {
                return Result<Response>.Failure(refusal);
            }

            var now = clock.GetUtcNow();
            var account = users.NormalizeEmail(request.Email.Trim());
            if (await db.FindOpenInvitation(account, now, cancellationToken) is { } earlier)
            {
                return new InvitedAlready(earlier);
            }

            var invitation = new Invitation
            {
                Email = request.Email.Trim(),
                NormalizedEmail = account,
                Name = request.Name?.Trim(),
                Roles = [.. request.Roles.Distinct(StringComparer.Ordinal)],
                Chapters = [.. (request.Chapters ?? []).Distinct()],
                Below = request.Below,
                ValidFrom = request.ValidFrom,
                ValidUntil = request.ValidUntil,
                VolunteerId = request.VolunteerId,
                CreatedAt = now,
                ExpiresAt = now + Invitation.Lifetime,
            };
            db.Add(invitation);
            outbox.Publish(new InvitationIssued(invitation.Id));
            return new Response(invitation.Id, invitation.ExpiresAt);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/members/invitations", (Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command, cancellationToken).ToCreated(r => $"/members/invitations/{r.Id}"))
        .RequirePermission(IdentityPermissions.ManageMembers);
}
