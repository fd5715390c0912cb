using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Volunteers;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>Replaces what a volunteer wants to be told by mail, and when. Needs the version that is being replaced as If-Match; 0 where nothing has been said yet.</summary>
internal static class SetNotificationPreferences
{
    /// <param name="OptedOut">Kinds that they do not want.</param>
    /// <param name="DailyDigest">Whether what can wait comes as one mail a day.</param>
    /// <param name="DigestAt">When; 08:00 unless given.</param>
    /// <param name="QuietFrom">With <paramref name="QuietUntil"/>: no mail that can wait is sent between them, also past midnight.</param>
    /// <param name="ReminderHours">How long before a shift to be reminded of it; 24 unless given.</param>
    public sealed record Command(
        IReadOnlyList<NotificationKind>? OptedOut, bool DailyDigest, TimeOnly? DigestAt, TimeOnly? QuietFrom, TimeOnly? QuietUntil, int? ReminderHours) : ICommand<Done>
    {
        [JsonIgnore]
        public Guid VolunteerId { get; init; }

        [JsonIgnore]
        public int Version { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.OptedOut).Must(kinds => kinds?.Contains(NotificationKind.LateCancellation) != true).WithMessage("Must be kinds that volunteers get; late-cancellation goes to coordinators.");
            RuleFor(c => c.QuietUntil).Must((command, until) => until is null == command.QuietFrom is null && (until is null || until != command.QuietFrom))
                .WithMessage("Must be given with quietFrom, and differ from it.");
            RuleFor(c => c.ReminderHours).InclusiveBetween(1, NotificationPreferences.MostReminderHours).WithMessage($"Must be from 1 to {NotificationPreferences.MostReminderHours}.");
        }
    }

    internal sealed class Handler(RosteringDbContext db, Caller caller) : ICommandHandler<Command, Done>
    {
        private static readonly NotificationPreferences Usual = new() { VolunteerId = Guid.Empty };

        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (!await db.Volunteers.WithinReachOf(caller).AnyAsync(v => v.Id == request.VolunteerId, cancellationToken))
            {
                return new VolunteerNotFound();
            }

            var said = await db.NotificationPreferences.SingleOrDefaultAsync(p => p.VolunteerId == request.VolunteerId, cancellationToken);
            if ((said?.Version ?? 0) != request.Version)
            {
                return new StaleVersion();
            }

            if (said is null)
            {
                said = new NotificationPreferences { VolunteerId = request.VolunteerId };
                db.Add(said);
            }

            said.OptedOut = [.. (request.OptedOut ?? []).Distinct().Select(EnumNames<NotificationKind>.Of)];
            (said.DailyDigest, said.DigestAt) = (request.DailyDigest, request.DigestAt ?? Usual.DigestAt);
            (said.QuietFrom, said.QuietUntil) = (request.QuietFrom, request.QuietUntil);
            said.ReminderHours = request.ReminderHours ?? Usual.ReminderHours;
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/volunteers/{volunteerId:guid}/notification-preferences", (Guid volunteerId, IfMatch ifMatch, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { VolunteerId = volunteerId, Version = ifMatch.Version }, cancellationToken).ToNoContent())
        .RequirePermission(RosteringPermissions.ChangeProfile);
}
