namespace NetworkPlatform.Rostering;

internal static class ReplacedList
{
    /// <summary>One list takes the place of another: rows that are in both stay as they are, the others go, and what is missing is added. The caller holds a lock, so that of two lists one stays.</summary>
    internal static void Replace<TRow, TKey>(this RosteringDbContext db, IReadOnlyCollection<TRow> before, IEnumerable<TKey> wanted, Func<TRow, TKey> keyOf, Func<TKey, TRow> rowOf)
        where TRow : Entity
    {
        var missing = wanted.ToHashSet();
        db.RemoveRange(before.Where(row => !missing.Contains(keyOf(row))));
        missing.ExceptWith(before.Select(keyOf));
        db.AddRange(missing.Select(rowOf));
    }
}
