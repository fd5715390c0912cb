using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Contracts;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Wellbeing;

/// <summary>A volunteer answers a questionnaire about how they are, for themselves. The answers are kept encrypted, with their consent, until they take them back.</summary>
internal static class RecordCheckIn
{
    /// <param name="Answers">By item code: 1 to 30 for ProQOL 5, 1 to 5 for WHO-5, personal-1 to 6, work-1 to 7 and client-1 to 6 for the CBI; as the form prints them, reversed items too.</param>
    /// <param name="Consent">That the answers may be kept; without it they are not taken.</param>
    public sealed record Command(Questionnaire? Questionnaire, IReadOnlyDictionary<string, int>? Answers, bool Consent) : ICommand<Response>, IConfidential
    {
        [JsonIgnore]
        public Guid VolunteerId { get; init; }
    }

    /// <summary>The id alone, since an answer may be kept for its Idempotency-Key; the scores are read by it.</summary>
    public sealed record Response(Guid Id);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Questionnaire).NotNull().WithMessage("Must be 'proqol5', 'cbi' or 'who5'.");
            RuleFor(c => c.Consent).Equal(true).WithMessage("Must be true: answers are only kept with your consent.");
            RuleFor(c => c.Answers).NotEmpty().WithMessage("Must hold the answers by item code.");
            RuleFor(c => c).Custom((command, context) =>
            {
                if (command is not { Questionnaire: { } questionnaire, Answers: { } answers })
                {
                    return;
                }

                var (items, values) = (Scoring.Items(questionnaire), Scoring.Values(questionnaire));
                foreach (var (item, value) in answers.Take(items.Count + 1))
                {
                    if (!items.Contains(item, StringComparer.Ordinal))
                    {
                        context.AddFailure($"answers.{item}", $"Is no item of this questionnaire, whose items are {items[0]} to {items[^1]}.");
                    }
                    else if (!values.Contains(value))
                    {
                        context.AddFailure($"answers.{item}", $"Must be one of {string.Join(", ", values)}.");
                    }
                }

                if (Scoring.NeedsEveryItem(questionnaire) && items.Where(i => !answers.ContainsKey(i)).ToList() is { Count: > 0 } missing)
                {
                    context.AddFailure("answers", $"Must answer every item; missing: {string.Join(", ", missing)}.");
                }
            });
        }
    }

    internal sealed class Handler(RosteringDbContext db, Caller caller, AtRestEncryption encryption, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var account = await db.Volunteers.OwnOf(caller).Where(v => v.Id == request.VolunteerId).Select(v => v.AccountId).SingleOrDefaultAsync(cancellationToken);
            if (account is null)
            {
                return new VolunteerNotFound();
            }

            var now = clock.GetUtcNow();
            var checkIn = WellbeingCheckIn.Of(request.VolunteerId, account.Value, new CheckInAnswers(request.Questionnaire!.Value, request.Answers!), now, encryption);
            db.Add(checkIn);
            outbox.Publish(new WellbeingChecked(now));
            return new Response(checkIn.Id);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/volunteers/{volunteerId:guid}/check-ins", (Guid volunteerId, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { VolunteerId = volunteerId }, cancellationToken).ToCreated(r => $"/check-ins/{r.Id}"))
        .RequirePermission(RosteringPermissions.OwnWellbeing);
}
