using NetworkPlatform.Platform.Mailing;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>
/// Sends a notification that is due, unless it is no longer true or wanted; or puts it off, until quiet hours end, the day's digest goes, or the mail server takes mail again. The mail goes out before the
/// transaction ends, so what is killed in between is sent again, under the same Message-ID.
/// </summary>
internal static class SendNotification
{
    private const int MaxAttempts = 17; // with these pauses, over two days

    private static readonly TimeSpan LongestBackOff = TimeSpan.FromHours(6);

    /// <summary>Nobody could act on it before; by then it may no longer be true.</summary>
    private static readonly TimeSpan UntilResumed = TimeSpan.FromHours(1);

    public sealed record Command(Guid NotificationId, Guid RecipientId) : ICommand<Done>;

    internal sealed class Handler(RosteringDbContext db, Outbox outbox, Mailer mailer, TenantContext tenant, AtRestEncryption encryption, PublicAddress address, TimeProvider clock)
        : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            // What goes to one reader goes one after the other: a mail that is under way must not lose its mark to somebody who changes the row.
            db.LockNotificationsTo(request.RecipientId);
            var due = await db.Notifications.SingleOrDefaultAsync(n => n.Id == request.NotificationId, cancellationToken);
            if (due is not { Status: NotificationStatus.Due })
            {
                return Done.Instance;
            }

            var now = clock.GetUtcNow();
            if (due.DueAt > now)
            {
                PutOff([due], due.DueAt);
                return Done.Instance;
            }

            var news = await NewsOf(due, now, cancellationToken);
            var recipient = await db.RecipientOf(due, tenant.Tenant, cancellationToken);
            foreach (var old in news.Where(n => recipient is null || !n.IsTrueAt(now) || !recipient.Wants(n.Notification.Kind)))
            {
                old.Notification.Settle(NotificationStatus.Skipped, now);
            }

            news.RemoveAll(n => n.Notification.Status != NotificationStatus.Due);
            if (news.Count == 0 || recipient is null)
            {
                return Done.Instance;
            }

            if ((tenant.Tenant.IsSuspended ? now + UntilResumed : MayGoAt(due, news, recipient, now)) is var at && at > now)
            {
                due.InDigest |= recipient.WantsInDigest(due);
                PutOff([due], at);
                return Done.Instance;
            }

            await Send(recipient, news, now, cancellationToken);
            return Done.Instance;
        }

        /// <summary>The notification with what it is about; of a digest, all that has waited for it.</summary>
        private Task<List<News>> NewsOf(Notification due, DateTimeOffset now, CancellationToken cancellationToken) => (
            from notification in db.Notifications
            where notification.Id == due.Id || (due.InDigest && notification.RecipientId == due.RecipientId && notification.InDigest && notification.Status == NotificationStatus.Due && notification.DueAt <= now)
            join shift in db.Shifts on notification.ShiftId equals shift.Id
            join signUp in db.SignUps on notification.SignUpId equals signUp.Id into signUps
            from signUp in signUps.DefaultIfEmpty()
            join swap in db.Swaps on notification.SwapId equals swap.Id into swaps
            from swap in swaps.DefaultIfEmpty()
            join inReturn in db.Shifts on swap.InReturnShiftId equals inReturn.Id into inReturns
            from inReturn in inReturns.DefaultIfEmpty()
            orderby shift.StartsAt, notification.Id
            select new News(notification, shift, signUp, swap, inReturn)).ToListAsync(cancellationToken);

        private static DateTimeOffset MayGoAt(Notification due, List<News> news, Recipient recipient, DateTimeOffset now)
        {
            var about = news.Find(n => n.Notification == due) ?? news[0];

            // The shift has moved on since, or the wish has changed: the reminder goes with it.
            var reminder = due.Kind == NotificationKind.ShiftReminder ? Recipient.RemindAt(about.Shift.StartsAt, recipient.Preferences) : now;
            return reminder > now.AddMinutes(1) ? reminder : recipient.MayGoAt(due, about.Deadline, now);
        }

        private async Task Send(Recipient recipient, List<News> news, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var words = Wording.For([.. recipient.Languages, tenant.Tenant.Culture]);
            var kinds = news.Select(n => n.Notification.Kind).Distinct().ToList();
            var token = new UnsubscribeToken(db.TenantId, news[0].Notification.RecipientId, kinds is [var one] ? one : null, words.Culture.TwoLetterISOLanguageName);
            var unsubscribe = recipient.Name is null ? null : new Uri(address.Of($"/notifications/unsubscribe/{token.Write(encryption)}"));
            try
            {
                await mailer.Send(Letter.Write(recipient, words, news, tenant.Tenant.Name, unsubscribe), cancellationToken);
                news.ForEach(n => n.Notification.Settle(NotificationStatus.Sent, now));
            }
            catch (MailAddressUnusableException)
            {
                news.ForEach(n => n.Notification.Settle(NotificationStatus.Failed, now));
            }
            catch (MailNotSentException)
            {
                PutOff([.. news.Select(n => n.Notification)], now, failed: true);
            }
        }

        private void PutOff(IReadOnlyList<Notification> notifications, DateTimeOffset until, bool failed = false)
        {
            foreach (var notification in notifications)
            {
                notification.Attempts += failed ? 1 : 0;
                if (notification.Attempts >= MaxAttempts)
                {
                    notification.Settle(NotificationStatus.Failed, until);
                    continue;
                }

                var backOff = failed ? TimeSpan.FromMinutes(Math.Min(LongestBackOff.TotalMinutes, Math.Pow(2, notification.Attempts - 1))) : TimeSpan.Zero;
                notification.DueAt = until + backOff;
                outbox.PublishAt(notification.DueAt, new NotificationDue(notification.Id, notification.RecipientId));
            }
        }
    }
}
