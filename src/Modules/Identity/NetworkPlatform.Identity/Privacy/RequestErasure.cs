using System.Text.Json.Serialization;

namespace NetworkPlatform.Identity.Privacy;

/// <summary>
/// First step of an erasure: finds all that stands for somebody, and waits a day for the second, <see cref="ConfirmErasure"/>. An administrator asks for a member, for volunteers without an account, or for a
/// member and volunteers that are the same person; a person asks for themself, in every tenant of the network.
/// </summary>
internal static class RequestErasure
{
    private const int MostVolunteers = 20;

    /// <param name="VolunteerIds">Volunteers of the tenant who are this person, beside those that are known to be.</param>
    /// <param name="Reason">Such as the request's date; for the audit.</param>
    public sealed record Command(IReadOnlyList<Guid>? VolunteerIds = null, string? Reason = null) : ICommand<Response>, IReasoned
    {
        [JsonIgnore]
        public Guid? PersonId { get; init; }

        [JsonIgnore]
        public bool Everywhere { get; init; }
    }

    /// <param name="SubjectIds">What was found: the person's id, those of their volunteers, and of what else holds their e-mail address.</param>
    public sealed record Response(Guid Id, IReadOnlyList<Guid> SubjectIds, DateTimeOffset ConfirmBefore);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.VolunteerIds).Must((command, ids) => ids is { Count: > 0 and <= MostVolunteers } || (ids is null or { Count: 0 } && command.PersonId is not null))
                .WithMessage($"Must be 1 to {MostVolunteers} volunteers; none only for a member.");
            RuleFor(c => c.Reason).OptionalText(500);
        }
    }

    internal sealed class Handler(IdentityDbContext db, Subjects subjects, Caller caller, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            // Volunteers, not people: one erasure is of one person, who is asked for as such.
            var volunteers = (request.VolunteerIds ?? []).ToArray();
            if (await db.Memberships.AnyAsync(m => volunteers.Contains(m.PersonId), cancellationToken)
                || await subjects.Find(request.PersonId, volunteers, request.Everywhere, cancellationToken) is not { } subject)
            {
                return new SubjectNotFound();
            }

            var others = request is { Everywhere: true, PersonId: { } own } ? await subjects.OtherTenantsOf(own, cancellationToken) : [];
            if (await subjects.IsHeld(subject, request.PersonId, others, cancellationToken))
            {
                return new LegalHoldStands();
            }

            var now = clock.GetUtcNow();
            if (request.Everywhere && await subjects.AdministeredAlone(request.PersonId!.Value, others, now, cancellationToken) is { Count: > 0 } tenants)
            {
                return new OnlyAdministrator(tenants);
            }

            var erasure = new Erasure
            {
                PersonId = request.PersonId,
                SubjectIds = [.. subject.Ids],
                Everywhere = request.Everywhere,
                RequestedBy = caller.Subject,
                RequestedAt = now,
            };
            db.Add(erasure);
            return new Response(erasure.Id, erasure.SubjectIds, erasure.ConfirmBefore);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/erasures", (Command command, IMediator mediator, CancellationToken cancellationToken) =>
                mediator.Send(command, cancellationToken).ToCreated(r => $"/erasures/{r.Id}"))
            .RequirePermission(IdentityPermissions.ManagePrivacy);
        routes.MapPost("/members/{personId:guid}/erasure", (Guid personId, Command? command, IMediator mediator, CancellationToken cancellationToken) =>
                mediator.Send((command ?? new Command()) with { PersonId = personId }, cancellationToken).ToCreated(r => $"/erasures/{r.Id}"))
            .RequirePermission(IdentityPermissions.ManagePrivacy);
        routes.MapPost("/me/erasure", (Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
                mediator.Send(new Command { PersonId = caller.PersonId, Everywhere = true }, cancellationToken).ToCreated(r => $"/me?erasure={r.Id}"))
            .RequirePersonThemself();
    }
}
