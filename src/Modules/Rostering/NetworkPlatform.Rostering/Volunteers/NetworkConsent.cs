namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>What a volunteer has said to being counted over the network, and the proof of it. The newest holds.</summary>
[AboutPerson(nameof(VolunteerId), Kept = true)]
[AppendOnly]
internal sealed class NetworkConsent : Entity
{
    internal const int WordingLength = 40;
    internal const int EvidenceLength = 500;
    internal const string RegistrationWording = "registration";

    public required Guid VolunteerId { get; init; }

    public required bool Given { get; init; }

    /// <summary>The version of the text that they were asked with.</summary>
    public required string Wording { get; init; }

    /// <summary>How it was said; null where they have said it themselves, signed in.</summary>
    public string? Evidence { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who recorded it: a token's subject.</summary>
    public required string By { get; init; }

    internal static NetworkConsent AtRegistration(Volunteer volunteer, string evidence, string by, DateTimeOffset now) =>
        new() { VolunteerId = volunteer.Id, Given = !volunteer.CountedHereOnly, Wording = RegistrationWording, Evidence = evidence, By = by, At = now };
}
