namespace NetworkPlatform.Rostering.Notifications;

internal static class Recipients
{
    /// <summary>Whoever else sends to the recipient, or changes what is to be sent, waits until the transaction ends.</summary>
    internal static void LockNotificationsTo(this RosteringDbContext db, Guid recipientId) => db.LockNameAhead($"notifications {recipientId}");

    /// <summary>Who is to read a notification; null for who is no more.</summary>
    internal static async Task<Recipient?> RecipientOf(this RosteringDbContext db, Notification notification, TenantInfo tenant, CancellationToken cancellationToken)
    {
        var id = notification.RecipientId;
        if (notification.Kind == NotificationKind.LateCancellation)
        {
            return await db.CoordinatorAddresses.Where(a => a.Id == id).Select(a => new Recipient(a.Email, null, new[] { a.Language }, tenant.TimeZone, null)).SingleOrDefaultAsync(cancellationToken);
        }

        return await (
            from volunteer in db.Volunteers.AsNoTracking()
            where volunteer.Id == id
            join preferences in db.NotificationPreferences.AsNoTracking() on volunteer.Id equals preferences.VolunteerId into said
            from preferences in said.DefaultIfEmpty()
            select new Recipient(volunteer.Email, volunteer.Name, volunteer.Languages, volunteer.TimeZone ?? tenant.TimeZone, preferences)).SingleOrDefaultAsync(cancellationToken);
    }
}
