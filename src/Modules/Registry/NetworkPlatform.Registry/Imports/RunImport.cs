namespace NetworkPlatform.Registry.Imports;

/// <summary>Takes an import's rows in, all in one transaction: what is new is added, what has changed is changed, and the rest is left alone.</summary>
internal static class RunImport
{
    /// <summary>How long an earlier file of the chapter is waited for; less than its message, and this one's, are tried again. One that cannot be taken in holds up no others.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(4);

    public sealed record Command(Guid ImportId) : ICommand<Done>;

    internal sealed class Handler(RegistryDbContext db, Outbox outbox, Quotas quotas, TenantContext current, TimeProvider clock) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var import = await db.Imports.SingleAsync(i => i.Id == request.ImportId, cancellationToken);
            if (import.Status != ImportStatus.Pending)
            {
                return Done.Instance;
            }

            var now = clock.GetUtcNow();
            db.LockCalendar(import.ChapterId);
            if (await db.Imports.AnyAsync(
                i => i.ChapterId == import.ChapterId && i.Status == ImportStatus.Pending && !i.DryRun && i.RequestedAt < import.RequestedAt && i.RequestedAt > now - LongestWait, cancellationToken))
            {
                return new EarlierImportPending();
            }

            if (!import.DryRun && await db.Imports.AnyAsync(
                i => i.ChapterId == import.ChapterId && i.Status == ImportStatus.Completed && !i.DryRun && i.RequestedAt > import.RequestedAt, cancellationToken))
            {
                import.Refuse("A later list has been taken in already.");
                return Done.Instance;
            }

            var rows = import.AcceptedRows();
            var merge = new FeedMerge(import.ChapterId, import.TimeZone, await Known(import, rows, now, cancellationToken), now);
            foreach (var group in rows.GroupBy(r => FeedMerge.GroupKey(r.Meeting!), StringComparer.OrdinalIgnoreCase))
            {
                merge.Take(group.Key, [.. group]);
            }

            db.AddRange(merge.Added);
            var exceeded = await quotas.Check(db, current.Tenant, cancellationToken);
            if (import.DryRun || exceeded is not null)
            {
                db.ChangeTracker.Clear();
                db.Update(import);
            }

            if (exceeded is not null)
            {
                import.Refuse(exceeded.Detail);
                return Done.Instance;
            }

            if (!import.DryRun)
            {
                db.UpdateRange(merge.Touched.Except(merge.Added));
                merge.Events.ForEach(outbox.Publish);
            }

            import.Complete(merge.Created, merge.Updated, merge.Unchanged);
            return Done.Instance;
        }

        /// <summary>What the chapter has already. A dry run looks at untracked copies, so that nothing it does to them is saved.</summary>
        private async Task<FeedMerge.KnownRecords> Known(Import import, IReadOnlyList<FeedRow> rows, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var slugs = rows.Select(r => r.Meeting!.Slug).ToList();
            var meetings = await Of(db.Meetings).Where(m => m.ChapterId == import.ChapterId && slugs.Contains(m.ImportSlug!)).ToListAsync(cancellationToken);
            var changed = FeedMerge.Changed(meetings, rows, import.TimeZone).Select(m => m.Id).ToList();

            // What has begun or was moved still holds its date: the earliest that a meeting may want is, in every zone, not before this one.
            var earliest = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-2);
            return new FeedMerge.KnownRecords(
                await Of(db.Groups).Where(g => g.ChapterId == import.ChapterId && g.ImportKey != null).ToListAsync(cancellationToken),
                await db.Meetings.Where(m => m.ChapterId == import.ChapterId && (m.ImportSlug == null || !slugs.Contains(m.ImportSlug))).Select(m => m.GroupId).Distinct().ToListAsync(cancellationToken),
                await Of(db.Venues).Where(v => v.ChapterId == import.ChapterId).ToListAsync(cancellationToken),
                meetings,
                await Of(db.Sessions).Where(s => changed.Contains(s.MeetingId) && (s.StartsAt > now || s.OccursOn >= earliest)).ToListAsync(cancellationToken));

            IQueryable<T> Of<T>(DbSet<T> set)
                where T : class => import.DryRun ? set.AsNoTracking() : set;
        }
    }
}

internal sealed record EarlierImportPending() : Conflict("An earlier list of the chapter has not been taken in yet.");
