using System.Text.Json;

namespace NetworkPlatform.Platform.Results;

/// <summary>
/// A fact that kept a request from being carried out: a record named after the fact, of one of the kinds below. The kind decides the
/// HTTP status, the name in kebab case is the problem's type, and what else the record holds is told to the caller as it is.
/// </summary>
/// <param name="Detail">One sentence for a person: what was wrong and what is allowed.</param>
public abstract record Error(string Detail)
{
    /// <summary>The problem type's last segment, for example <c>shift-overlap</c> of <c>ShiftOverlap</c>.</summary>
    public static string NameOf(Type errorType) => JsonNamingPolicy.KebabCaseLower.ConvertName(errorType.Name);
}

/// <summary>400: the request says something that cannot be. Messages are listed by field.</summary>
public record Invalid(IReadOnlyDictionary<string, string[]> Errors) : Error("The request is not valid; see errors.")
{
    /// <summary>One field, one message.</summary>
    public static Invalid Field(string field, string message) => new(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });
}

/// <summary>403: known, but not allowed to this caller.</summary>
public abstract record Forbidden(string Detail) : Error(Detail);

/// <summary>404: not there, or not the caller's to see.</summary>
public abstract record NotFound(string Detail) : Error(Detail);

/// <summary>409: clashes with what is there now; may succeed another time.</summary>
public abstract record Conflict(string Detail) : Error(Detail);

/// <summary>412: the caller's copy is no longer the newest.</summary>
public abstract record Outdated(string Detail) : Error(Detail);

/// <summary>422: understood and possible, but against a rule.</summary>
public abstract record RuleBroken(string Detail) : Error(Detail);

/// <summary>503: cannot be told right now.</summary>
public abstract record Unavailable(string Detail) : Error(Detail);
