using NetworkPlatform.Rostering.Shifts;
using NetworkPlatform.Rostering.SignUps;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>Notes that people are to be told of something about a shift, each once, and that whoever comes is to be reminded of it.</summary>
internal static class QueueNotifications
{
    /// <param name="SignUpId">Whose it is about; null for everybody who is on the shift or waits for it.</param>
    /// <param name="Cause">The same cause is told once.</param>
    /// <param name="Swap">The request that it is about; then only who is named with it is told.</param>
    public sealed record Command(NotificationKind Kind, Guid ShiftId, Guid? SignUpId, string Cause, AboutSwap? Swap = null) : ICommand<Done>;

    /// <param name="VolunteerId">Who is told.</param>
    public sealed record AboutSwap(Guid SwapId, Guid VolunteerId);

    internal sealed class Handler(RosteringDbContext db, Outbox outbox, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var shift = await db.Shifts.AsNoTracking().SingleOrDefaultAsync(s => s.Id == request.ShiftId, cancellationToken);
            if (shift is null)
            {
                return Done.Instance;
            }

            var signUps = request.Swap is null ? await SignUpsConcerned(request, cancellationToken) : [];
            List<(Guid Id, SignUp? SignUp)> recipients = request switch
            {
                { Swap: { } swap } => [(swap.VolunteerId, null)],
                { Kind: NotificationKind.LateCancellation } => [.. (await CoordinatorsOf(shift.ChapterId, cancellationToken)).Select(id => (id, (SignUp?)null))],
                _ => signUps.ConvertAll(s => (s.VolunteerId, (SignUp?)s)),
            };
            var told = await db.Notifications.Where(n => n.ShiftId == shift.Id && n.Kind == request.Kind && n.Cause == request.Cause).Select(n => n.RecipientId).ToListAsync(cancellationToken);
            foreach (var (id, signUp) in recipients.Where(r => !told.Contains(r.Id)))
            {
                Add(request.Kind, id, request.Cause, shift, signUp, clock.GetUtcNow(), request.Swap?.SwapId);
            }

            await Remind(request.Kind, shift, signUps, cancellationToken);
            return Done.Instance;
        }

        private Task<List<SignUp>> SignUpsConcerned(Command request, CancellationToken cancellationToken)
        {
            var ofShift = db.SignUps.AsNoTracking().Where(s => s.ShiftId == request.ShiftId);
            return (request.SignUpId is { } id ? ofShift.Where(s => s.Id == id) : ofShift.Active()).ToListAsync(cancellationToken);
        }

        /// <summary>An address that is listed for the chapter and for all is one reader.</summary>
        private async Task<IEnumerable<Guid>> CoordinatorsOf(Guid chapterId, CancellationToken cancellationToken)
        {
            var listed = await db.CoordinatorAddresses.Where(a => a.ChapterId == null || a.ChapterId == chapterId).Select(a => new { a.Id, a.Email }).ToListAsync(cancellationToken);
            return listed.OrderBy(a => a.Id).DistinctBy(a => a.Email, StringComparer.OrdinalIgnoreCase).Select(a => a.Id);
        }

        /// <summary>A new sign-up is reminded of its shift; one whose shift has moved, at another time than before, or again where that is over.</summary>
        private async Task Remind(NotificationKind kind, Shift shift, List<SignUp> signUps, CancellationToken cancellationToken)
        {
            if (kind is not (NotificationKind.SignUpConfirmed or NotificationKind.ShiftMoved))
            {
                return;
            }

            var volunteers = signUps.ConvertAll(s => s.VolunteerId);
            volunteers.Order().ToList().ForEach(db.LockNotificationsTo);
            var preferences = await db.NotificationPreferences.AsNoTracking().Where(p => volunteers.Contains(p.VolunteerId)).ToDictionaryAsync(p => p.VolunteerId, cancellationToken);
            var reminders = await db.Notifications.Where(n => n.ShiftId == shift.Id && n.Kind == NotificationKind.ShiftReminder && volunteers.Contains(n.RecipientId)).ToListAsync(cancellationToken);
            foreach (var signUp in signUps.Where(s => s.Status == SignUpStatus.Confirmed))
            {
                var at = Recipient.RemindAt(shift.StartsAt, preferences.GetValueOrDefault(signUp.VolunteerId));
                var before = reminders.FindAll(r => r.SignUpId == signUp.Id);
                if (before.Find(r => r.Status == NotificationStatus.Due) is { } reminder)
                {
                    reminder.DueAt = at;
                    outbox.PublishAt(at, new NotificationDue(reminder.Id, reminder.RecipientId));
                }
                else if (at > clock.GetUtcNow())
                {
                    Add(NotificationKind.ShiftReminder, signUp.VolunteerId, before.Count == 0 ? $"{signUp.Id}" : News.CauseOfMove(signUp.Id, shift.SessionRevision), shift, signUp, at);
                }
            }
        }

        private void Add(NotificationKind kind, Guid recipient, string cause, Shift shift, SignUp? signUp, DateTimeOffset at, Guid? swapId = null)
        {
            var notification = new Notification
            {
                Kind = kind,
                RecipientId = recipient,
                Cause = cause,
                ShiftId = shift.Id,
                SignUpId = signUp?.Id,
                SwapId = swapId,
                Reason = kind == NotificationKind.ShiftCancelled ? signUp?.CancelReason : null,
                DueAt = at,
            };
            db.Add(notification);
            outbox.PublishAt(at, new NotificationDue(notification.Id, recipient));
        }
    }
}
