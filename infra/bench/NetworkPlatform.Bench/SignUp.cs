namespace NetworkPlatform.Bench;

internal sealed record SignUpRequest(Guid VolunteerId);

/// <summary>In the shape of ours.</summary>
internal sealed record SignUpAnswer(Guid Id, string Status, IReadOnlyList<string> Warnings);
