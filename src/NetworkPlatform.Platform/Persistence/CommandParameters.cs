using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>Text with holes, as commands take it.</summary>
public static class CommandParameters
{
    /// <summary>The text, each of its holes filled with the name of a parameter that is added to the command.</summary>
    public static string WithParameters(this DbCommand command, FormattableString text) => Fill(text, command.Parameters, command.CreateParameter);

    /// <summary>Adds a statement; its text is written around what was given, whose holes become parameters.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Our own constants; every value is a parameter.")]
    public static void Add(this DbBatch batch, FormattableString text, Func<string, string>? write = null)
    {
        var statement = batch.CreateBatchCommand();
        var filled = Fill(text, statement.Parameters, statement.CreateParameter);
        statement.CommandText = write is null ? filled : write(filled);
        batch.BatchCommands.Add(statement);
    }

    private static string Fill(FormattableString text, DbParameterCollection parameters, Func<DbParameter> create)
    {
        var names = new object[text.ArgumentCount];
        for (var i = 0; i < names.Length; i++)
        {
            var parameter = create();
            parameter.ParameterName = $"@value_{parameters.Count}";
            parameter.Value = text.GetArgument(i) ?? DBNull.Value;
            parameters.Add(parameter);
            names[i] = parameter.ParameterName;
        }

        return string.Format(CultureInfo.InvariantCulture, text.Format, names);
    }
}
