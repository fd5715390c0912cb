using System.Data.Common;
using System.Globalization;

namespace NetworkPlatform.Platform.Persistence;

/// <summary>Text with holes, as a command takes it.</summary>
public static class CommandParameters
{
    /// <summary>The text, each of its holes filled with the name of a parameter that is added to the command.</summary>
    public static string WithParameters(this DbCommand command, FormattableString text)
    {
        var names = new object[text.ArgumentCount];
        for (var i = 0; i < names.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@value_{command.Parameters.Count}";
            parameter.Value = text.GetArgument(i) ?? DBNull.Value;
            command.Parameters.Add(parameter);
            names[i] = parameter.ParameterName;
        }

        return string.Format(CultureInfo.InvariantCulture, text.Format, names);
    }
}
