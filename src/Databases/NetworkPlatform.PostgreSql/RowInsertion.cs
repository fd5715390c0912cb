using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace NetworkPlatform.PostgreSql;

/// <summary>Inserts rows of one kind by one statement, however many, by EF's model but without its following them.</summary>
internal sealed class RowInsertion
{
    private static readonly ConcurrentDictionary<IEntityType, RowInsertion> Known = new();

    private readonly Column[] columns;
    private readonly string one;
    private readonly string many;

    private RowInsertion(IEntityType type)
    {
        columns = [.. type.GetProperties().Select(p => new Column(p.GetColumnName(), $"@{type.GetTableName()}_{p.GetColumnName()}", p.GetRelationalTypeMapping(), p.GetGetter(), p.IsColumnNullable()))];
        var into = $"INSERT INTO {type.GetSchemaQualifiedTableName()} ({string.Join(", ", columns.Select(c => c.Name))})";
        one = $"{into} VALUES ({string.Join(", ", columns.Select(c => c.Parameter))})";
        many = $"{into} SELECT * FROM unnest({string.Join(", ", columns.Select(c => $"{c.Parameter}::{c.Mapping.StoreTypeNameBase}[]"))})";
    }

    internal static RowInsertion Of(IEntityType type) => Known.GetOrAdd(type, t => new RowInsertion(t));

    /// <summary>The statement, once in a command; its values are added to the command's parameters: one for each column of one row, an array for each column of several.</summary>
    internal string Write(DbCommand command, IReadOnlyList<object> rows)
    {
        foreach (var column in columns)
        {
            command.Parameters.Add(rows.Count == 1 ? column.ValueOf(rows[0], command) : column.ValuesOf(rows, command));
        }

        return rows.Count == 1 ? one : many;
    }

    private sealed record Column(string Name, string Parameter, RelationalTypeMapping Mapping, IClrPropertyGetter Getter, bool IsNullable)
    {
        private readonly Type provided = Mapping.Converter?.ProviderClrType ?? Nullable.GetUnderlyingType(Mapping.ClrType) ?? Mapping.ClrType;

        internal DbParameter ValueOf(object row, DbCommand command) => Mapping.CreateParameter(command, Parameter, Getter.GetClrValue(row), IsNullable);

        internal DbParameter ValuesOf(IReadOnlyList<object> rows, DbCommand command)
        {
            var values = Array.CreateInstance(IsNullable && provided.IsValueType ? typeof(Nullable<>).MakeGenericType(provided) : provided, rows.Count);
            for (var i = 0; i < rows.Count; i++)
            {
                var value = Getter.GetClrValue(rows[i]);
                values.SetValue(value is not null && Mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value, i);
            }

            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (Parameter, values);
            return parameter;
        }
    }
}
