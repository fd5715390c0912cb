using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace NetworkPlatform.Platform.Http;

/// <summary>What JSON the API takes: known members only, each once, and enums by their kebab-case names.</summary>
internal static class JsonRules
{
    internal static void Apply(JsonSerializerOptions json)
    {
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        json.TypeInfoResolverChain.Insert(0, new DefaultJsonTypeInfoResolver { Modifiers = { ForgetIgnored } });
    }

    /// <summary>An ignored member, such as an id that the route gives, is unknown in a body: else it would be taken and silently dropped.</summary>
    private static void ForgetIgnored(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true) is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.Always }])
            {
                type.Properties.RemoveAt(i);
            }
        }
    }
}
