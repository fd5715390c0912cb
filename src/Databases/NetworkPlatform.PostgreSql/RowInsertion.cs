using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace NetworkPlatform.PostgreSql;

/// <summary>Inserts rows of one kind by one statement, however many, by EF's model but without its following them.</summary>
internal sealed class RowInsertion
{
    private static readonly ConcurrentDictionary<IEntityType, RowInsertion> Known = new();

    private readonly Column[] columns;
    private readonly string into;

    private RowInsertion(IEntityType type)
    {
        columns = [.. type.GetProperties().Select(p => new Column(p.GetColumnName(), p.GetRelationalTypeMapping(), p.GetGetter(), p.IsColumnNullable()))];
        into = $"INSERT INTO {type.GetSchemaQualifiedTableName()} ({string.Join(", ", columns.Select(c => c.Name))}) ";
    }

    internal static RowInsertion Of(IEntityType type) => Known.GetOrAdd(type, t => new RowInsertion(t));

    /// <summary>Adds the statement to the command's text, and its values to the parameters: one for each column of one row, an array for each column of several.</summary>
    internal void Append(StringBuilder text, DbCommand command, IReadOnlyList<object> rows)
    {
        text.Append(into).Append(rows.Count == 1 ? "VALUES (" : "SELECT * FROM unnest(");
        for (var i = 0; i < columns.Length; i++)
        {
            var name = $"row_{command.Parameters.Count}";
            text.Append(i == 0 ? "@" : ", @").Append(name);
            if (rows.Count == 1)
            {
                command.Parameters.Add(columns[i].Mapping.CreateParameter(command, name, columns[i].Getter.GetClrValue(rows[0]), columns[i].IsNullable));
                continue;
            }

            var values = command.CreateParameter();
            (values.ParameterName, values.Value) = (name, columns[i].ValuesOf(rows));
            command.Parameters.Add(values);
            text.Append(CultureInfo.InvariantCulture, $"::{columns[i].Mapping.StoreTypeNameBase}[]");
        }

        text.Append(");\n");
    }

    private sealed record Column(string Name, RelationalTypeMapping Mapping, IClrPropertyGetter Getter, bool IsNullable)
    {
        private readonly Type provided = Mapping.Converter?.ProviderClrType ?? Nullable.GetUnderlyingType(Mapping.ClrType) ?? Mapping.ClrType;

        internal Array ValuesOf(IReadOnlyList<object> rows)
        {
            var values = Array.CreateInstance(IsNullable && provided.IsValueType ? typeof(Nullable<>).MakeGenericType(provided) : provided, rows.Count);
            for (var i = 0; i < rows.Count; i++)
            {
                var value = Getter.GetClrValue(rows[i]);
                values.SetValue(value is not null && Mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value, i);
            }

            return values;
        }
    }
}
