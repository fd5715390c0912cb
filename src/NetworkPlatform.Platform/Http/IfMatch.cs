using System.Globalization;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Http;

public sealed record IfMatchMissing() : Error("Send the ETag of the version that you want to change as If-Match.");

public sealed record StaleVersion() : Outdated("It has been changed since you read it. Read it again, then change it.");

/// <summary>The version that the caller wants to change, from the <c>If-Match</c> header; binding fails with 428 where it is missing.</summary>
public readonly record struct IfMatch(int Version)
{
    public static ValueTask<IfMatch> BindAsync(HttpContext context)
    {
        var text = context.Request.Headers.IfMatch.ToString().Trim('"');
        return text.Length == 0
            ? throw new RequestRefusedException(new IfMatchMissing())
            // What is no version of ours cannot be the newest one.
            : ValueTask.FromResult(new IfMatch(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1));
    }
}
