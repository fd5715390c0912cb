using System.Security.Cryptography;
using System.Text;

namespace NetworkPlatform.Registry.Venues;

/// <summary>A place where groups of a chapter meet.</summary>
internal sealed class Venue : Entity, IOfChapter
{
    internal const int NameLength = 255;
    internal const int AddressLength = 512;

    private Venue()
    {
    }

    public Guid ChapterId { get; private init; }

    public string Name { get; private init; } = "";

    public string Address { get; private init; } = "";

    public decimal? Latitude { get; private set; }

    public decimal? Longitude { get; private set; }

    /// <summary>SHA-256 of name and address without case and spacing, in hex: the same place entered twice is one venue.</summary>
    public string Key { get; private init; } = "";

    internal static Venue Create(Guid chapterId, string name, string address, decimal? latitude, decimal? longitude) => new()
    {
        ChapterId = chapterId,
        Name = name.Trim(),
        Address = address.Trim(),
        Latitude = latitude,
        Longitude = longitude,
        Key = KeyOf(name, address),
    };

    internal void PutAt(decimal latitude, decimal longitude) => (Latitude, Longitude) = (latitude, longitude);

    internal static string KeyOf(string name, string address) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Normalise(name)}\n{Normalise(address)}")));

    private static string Normalise(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
}

internal sealed record VenueNotFound() : NotFound("There is no such venue.");

internal sealed record VenueExists(Guid VenueId) : Conflict("The chapter has this venue already.");
