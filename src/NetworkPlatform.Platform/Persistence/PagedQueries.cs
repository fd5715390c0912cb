using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using NetworkPlatform.Platform.Http;

namespace NetworkPlatform.Platform.Persistence;

public static class PagedQueries
{
    /// <summary>One page of the rows in the order of their ids, that is, of their creation.</summary>
    /// <param name="id">The item's id, the row's.</param>
    public static async Task<Page<TItem>> ToPageById<TRow, TItem>(
        this IQueryable<TRow> rows, Paging paging, Expression<Func<TRow, TItem>> select, Func<TItem, Guid> id, CancellationToken cancellationToken)
        where TRow : Entity
    {
        var after = paging.After<Guid>();
        var items = await rows.Where(r => r.Id > after).OrderBy(r => r.Id).Take(paging.Limit + 1).Select(select).ToListAsync(cancellationToken);
        return paging.ToPage(items, id);
    }
}
