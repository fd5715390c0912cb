using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>Columns of a row that are counted up with a transaction's last save: see <see cref="ModuleDbContext.CountLast"/>.</summary>
public sealed record LastCount(Entity Row, string Table, int AtMost, IReadOnlyList<(string Column, int By)> Counts)
{
    /// <summary>Of one kind are those that count the same columns.</summary>
    public string Kind { get; } = $"{Table} {string.Join(", ", Counts.Select(c => c.Column))}";

    /// <summary>The statement, with holes for its values: where it changes no row, there was no room.</summary>
    public FormattableString ToSql()
    {
        object[] values = [.. Counts.Select(c => (object)c.By), Row.TenantId, Row.Id, AtMost];
        return FormattableStringFactory.Create(
            $"UPDATE {Table} SET {Setting(i => $"{{{i}}}")} WHERE tenant_id = {{{Counts.Count}}} AND id = {{{Counts.Count + 1}}} AND {Counts[0].Column} + {{0}} <= {{{Counts.Count + 2}}}", values);
    }

    /// <summary>The columns' new values, each counted up by what it is given for its number.</summary>
    public string Setting(Func<int, string> by) => string.Join(", ", Counts.Select((c, i) => string.Create(CultureInfo.InvariantCulture, $"{c.Column} = {c.Column} + {by(i)}"))) + ", version = version + 1";

    /// <summary>Several of one kind and row as one: there is room for all or for none.</summary>
    public static LastCount Sum(IReadOnlyList<LastCount> ofOneRow) => ofOneRow[0] with
    {
        AtMost = ofOneRow.Min(c => c.AtMost),
        Counts = [.. ofOneRow[0].Counts.Select((c, i) => (c.Column, ofOneRow.Sum(o => o.Counts[i].By)))],
    };
}

/// <summary>There was no room any more for a <see cref="LastCount"/>: what is to be done must be decided anew.</summary>
public sealed class ChangedBesideException() : DbUpdateConcurrencyException("Somebody else was first.");
