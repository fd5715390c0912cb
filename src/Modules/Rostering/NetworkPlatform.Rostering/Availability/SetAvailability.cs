using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Availability;

/// <summary>Replaces what a volunteer has said about when they can help. Needs the version that is being replaced as If-Match; 0 where nothing has been said yet.</summary>
internal static class SetAvailability
{
    /// <param name="Weekly">Empty for no day of the week; null for all of them, at any time.</param>
    public sealed record Command(IReadOnlyList<WeeklyHours>? Weekly, IReadOnlyList<DateException>? Exceptions, IReadOnlyList<TimeOff>? TimeOff) : ICommand<Done>
    {
        [JsonIgnore]
        public Guid VolunteerId { get; init; }

        [JsonIgnore]
        public int Version { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        private const string Hours = "Must have hours with 'from' before 'until', where until 00:00 is the day's end. Hours past midnight are two entries.";

        public Validator()
        {
            RuleFor(c => c.Weekly).Must(w => w is null || w.Count <= VolunteerAvailability.MostWeekly).WithMessage($"Must be at most {VolunteerAvailability.MostWeekly} entries.")
                .Must(w => w is null || w.All(e => e is not null && e.Hours.IsPossible)).WithMessage(Hours);
            RuleFor(c => c.Exceptions).Must(e => e is null || e.Count <= VolunteerAvailability.MostExceptions).WithMessage($"Must be at most {VolunteerAvailability.MostExceptions} dates.")
                .Must(e => e is null || e.All(d => d?.Hours is not null && d.Hours.Count <= VolunteerAvailability.MostWeekly && d.Hours.All(h => h is not null && h.IsPossible))).WithMessage(Hours)
                .Must(e => e is null || e.DistinctBy(d => d.Date).Count() == e.Count).WithMessage("Must name each date once.");
            RuleFor(c => c.TimeOff).Must(t => t is null || t.Count <= VolunteerAvailability.MostTimeOff).WithMessage($"Must be at most {VolunteerAvailability.MostTimeOff} stretches.")
                .Must(t => t is null || t.All(o => o is not null && o.From <= o.Until)).WithMessage("Must have 'from' not after 'until', the last date away.");
        }
    }

    internal sealed class Handler(RosteringDbContext db, Caller caller) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (!await db.Volunteers.WithinReachOf(caller).AnyAsync(v => v.Id == request.VolunteerId, cancellationToken))
            {
                return new VolunteerNotFound();
            }

            var said = await db.Availabilities.SingleOrDefaultAsync(a => a.VolunteerId == request.VolunteerId, cancellationToken);
            if ((said?.Version ?? 0) != request.Version)
            {
                return new StaleVersion();
            }

            if (said is null)
            {
                said = new VolunteerAvailability { VolunteerId = request.VolunteerId };
                db.Add(said);
            }

            said.Set(new AvailabilityPattern(request.Weekly ?? AvailabilityPattern.Always.Weekly, request.Exceptions ?? [], request.TimeOff ?? []));
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/volunteers/{volunteerId:guid}/availability", (Guid volunteerId, IfMatch ifMatch, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { VolunteerId = volunteerId, Version = ifMatch.Version }, cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ChangeProfile);
}
