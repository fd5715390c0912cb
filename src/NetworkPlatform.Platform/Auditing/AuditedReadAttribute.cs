namespace NetworkPlatform.Platform.Auditing;

/// <summary>Marks a query that shows what is sensitive: who asked for which records is audited with each answer, not what the answer said.</summary>
/// <param name="purpose">What such a read is for, in kebab case.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AuditedReadAttribute(string purpose) : Attribute
{
    public string Purpose { get; } = purpose;
}

/// <summary>Such a query that at times shows nothing of the kind, and then leaves no entry.</summary>
public interface IAuditedAtTimes
{
    bool IsAudited { get; }
}
