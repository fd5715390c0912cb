namespace NetworkPlatform.Identity.Keys;

/// <summary>A key that cookies and mailed links are protected with, as ASP.NET Core's data protection writes it; the key itself is encrypted in it.</summary>
[Shared("every node reads what any other has protected, whichever tenant it was for"), AppendOnly]
internal sealed class DataProtectionKey
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Xml { get; init; }
}
