using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using NetworkPlatform.Platform.Persistence;

namespace NetworkPlatform.PostgreSql;

/// <summary>Counts columns of rows up, with the same columns of however many rows by one statement.</summary>
internal static class RowCounting
{
    /// <summary>Locks by name, in one order, what will be counted: of many who wait for a row PostgreSQL wakes all, each time that one has changed it.</summary>
    internal static string WriteLocks(DbCommand command, IReadOnlyList<LastCount> counts) => counts is [var one]
        ? command.WithParameters($"SELECT pg_advisory_xact_lock(hashtextextended({one.Row.Id.ToString()}, 0))")
        : command.WithParameters($"SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest({counts.Select(c => c.Row.Id.ToString()).ToArray()}) AS name");

    internal static string Write(DbCommand command, IReadOnlyList<LastCount> counts) => command.WithParameters(counts is [var one] ? one.ToSql() : ToSql(counts));

    private static FormattableString ToSql(IReadOnlyList<LastCount> counts)
    {
        var first = counts[0];
        var columns = first.Counts.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"by_{i}")).Prepend("at_most").Prepend("row_id").ToList();
        object[] values =
        [
            counts.Select(c => c.Row.Id).ToArray(), counts.Select(c => c.AtMost).ToArray(), .. first.Counts.Select((_, i) => (object)counts.Select(c => c.Counts[i].By).ToArray()), first.Row.TenantId,
        ];
        var arrays = string.Join(", ", columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"{{{i}}}")));
        return FormattableStringFactory.Create(
            $"UPDATE {first.Table} SET {first.Setting(i => columns[i + 2])} FROM unnest({arrays}) AS counted ({string.Join(", ", columns)}) WHERE tenant_id = {{{columns.Count}}} AND id = row_id AND {first.Counts[0].Column} + by_0 <= at_most", values);
    }
}
