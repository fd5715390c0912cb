using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;

namespace NetworkPlatform.Rostering.Volunteers;

/// <summary>Somebody who gives time to a tenant.</summary>
[AboutPerson(nameof(Id), Kept = true)]
internal sealed class Volunteer : Entity, IHaveQuota<Volunteer>, IErasable
{
    internal const int NameLength = 200;
    internal const int EmailLength = 254;
    internal const int PhoneLength = 30;
    internal const int NoteLength = 1000;
    internal const int MostChapters = 50;
    internal const int MostShiftsPerWeek = 50;

    public static string Quota => "volunteers";

    public static Expression<Func<Volunteer, bool>> Counts => _ => true;

    /// <summary>The same human being in every tenant of the network, or in this tenant alone for who is <see cref="CountedHereOnly"/>.</summary>
    public required Guid PersonId { get; set; }

    /// <summary>Whether there is no consent to be counted over the network.</summary>
    public bool CountedHereOnly { get; set; }

    /// <summary>The person's account, by which they act for themselves; null where they have none.</summary>
    [Personal]
    public Guid? AccountId { get; set; }

    [Personal]
    public required string Name { get; set; }

    [Personal]
    public required string Email { get; set; }

    [Personal]
    public required string[] Languages { get; set; }

    [Personal]
    public string? Phone { get; set; }

    /// <summary>IANA zone in which they plan their days; null for the tenant's.</summary>
    [Personal]
    public string? TimeZone { get; set; }

    /// <summary>Ids of the chapters that they help; none for whichever.</summary>
    [Personal]
    public Guid[] Chapters { get; set; } = [];

    /// <summary>Names of the roles that they may take, as the API writes them; none for every one.</summary>
    [Personal]
    public string[] Roles { get; set; } = [];

    /// <summary>As many as they would like to take; a wish, not a limit.</summary>
    [Personal]
    public int? MaxShiftsPerWeek { get; set; }

    /// <summary>What a coordinator should keep in mind.</summary>
    [Personal]
    public string? Note { get; set; }

    /// <summary>Sessions attended; with none, somebody is a first-timer.</summary>
    public int SessionsAttended { get; set; }

    public Qualifications Qualifications { get; set; } = Qualifications.None;

    public DateTimeOffset? ErasedAt { get; private set; }
}

/// <summary>One human being in the network, without a name: what sign-ups are serialised on and load is counted by.</summary>
[Shared("limits count a volunteer's shifts in every tenant of the network; only a hash of the e-mail address is kept")]
[Pseudonymous("a hash of the e-mail address; cut from a volunteer who is erased, see ErasePersonalData")]
internal sealed class NetworkVolunteer : NetworkEntity
{
    public required string EmailKey { get; set; }

    /// <summary>The same person, in another database.</summary>
    internal NetworkVolunteer Copy() => new() { Id = Id, EmailKey = EmailKey };

    /// <summary>The key by which every tenant of the network finds the same person.</summary>
    internal static string KeyOf(string email) => Hash(email.Trim().ToLowerInvariant());

    /// <summary>The key of who is counted in one tenant alone: no other comes to it.</summary>
    internal static string KeyWithin(Guid tenantId, string email) => Hash($"{tenantId}:{email.Trim().ToLowerInvariant()}");

    /// <summary>Both: whoever has the address is found by one of them.</summary>
    internal static string[] KeysOf(Guid tenantId, string email) => [KeyOf(email), KeyWithin(tenantId, email)];

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

internal sealed record VolunteerNotFound() : NotFound("There is no such volunteer.");

internal sealed record VolunteerAlreadyRegistered(Guid VolunteerId) : Conflict("A volunteer with this e-mail address is registered already.");
