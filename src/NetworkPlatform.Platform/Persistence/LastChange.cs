using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>A change that goes with a transaction's last save: see <see cref="ModuleDbContext.ChangeLast"/>.</summary>
public sealed record LastChange(Entity Row, string Table, FormattableString Set, FormattableString Where)
{
    /// <summary>The statement, with holes for its values: where it changes no row, the condition was not met.</summary>
    public FormattableString ToSql()
    {
        List<object?> values = [];
        var sql = $"UPDATE {Table} SET {Fill(Set)}, version = version + 1 WHERE {Fill($"tenant_id = {Row.TenantId} AND id = {Row.Id}")} AND {Fill(Where)}";
        return FormattableStringFactory.Create(sql, [.. values]);

        string Fill(FormattableString text) => string.Format(CultureInfo.InvariantCulture, text.Format, [.. text.GetArguments().Select(Hole)]);

        object Hole(object? value)
        {
            values.Add(value);
            return $"{{{values.Count - 1}}}";
        }
    }
}

/// <summary>A row no longer met the condition of a <see cref="LastChange"/>: what is to be done must be decided anew.</summary>
public sealed class ChangedBesideException() : DbUpdateConcurrencyException("Somebody else was first.");
