using NetworkPlatform.Platform.Auditing;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Http;

/// <summary>Any request may say why it is made: <c>X-Reason</c>, for the audit. Read past a proxy and a log, so one line of printable text.</summary>
internal sealed class ReasonHeader(RequestDelegate next)
{
    private const string Name = "X-Reason";

    internal static string? Of(HttpContext context) => context.Request.Headers[Name] is [{ } reason, ..] ? reason.Trim() : null;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers[Name] is { Count: > 0 } values && (values.Count > 1 || Of(context) is not { Length: > 0 and <= AuditReason.TextLength } reason || reason.Any(char.IsControl)))
        {
            await new Problem(Invalid.Field(Name, $"Must be given once, with 1 to {AuditReason.TextLength} characters and no control characters.")).ExecuteAsync(context);
            return;
        }

        await next(context);
    }
}
