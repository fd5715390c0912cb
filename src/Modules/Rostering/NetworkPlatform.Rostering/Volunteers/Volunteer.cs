using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>Somebody who gives time to a tenant.</summary>
internal sealed class Volunteer : Entity, IHaveQuota<Volunteer>
{
    internal const int NameLength = 200;

    public static string Quota => "volunteers";

    public static Expression<Func<Volunteer, bool>> Counts => _ => true;

    /// <summary>The same human being in every tenant of the network.</summary>
    public required Guid PersonId { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required string[] Languages { get; init; }

    /// <summary>The person's account, by which they act for themselves; null where they have none.</summary>
    public Guid? AccountId { get; set; }

    /// <summary>Sessions attended; with none, somebody is a first-timer.</summary>
    public int SessionsAttended { get; set; }

    public Qualifications Qualifications { get; set; } = Qualifications.None;
}

/// <summary>One human being in the network, without a name: what sign-ups are serialised on and load is counted by.</summary>
[Shared("limits count a volunteer's shifts in every tenant of the network; only a hash of the e-mail address is kept")]
internal sealed class NetworkVolunteer : NetworkEntity
{
    public required string EmailKey { get; init; }

    internal static string KeyOf(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant())));
}

internal sealed record VolunteerNotFound() : NotFound("There is no such volunteer.");

internal sealed record VolunteerAlreadyRegistered(Guid VolunteerId) : Conflict("A volunteer with this e-mail address is registered already.");
