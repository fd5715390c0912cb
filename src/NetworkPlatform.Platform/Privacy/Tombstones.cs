using System.Text.Json;
using System.Text.Json.Serialization;

namespace NetworkPlatform.Platform.Privacy;

/// <summary>That somebody was erased, by ids only; a tenant as a whole where its own is the erasure's and there are no others.</summary>
public sealed record Tombstone(Guid ErasureId, Guid TenantId, IReadOnlyList<Guid> Ids, DateTimeOffset At)
{
    public static Tombstone OfTenant(Guid tenantId, DateTimeOffset at) => new(tenantId, tenantId, [], at);

    [JsonIgnore]
    public bool IsOfTenant => ErasureId == TenantId;
}

/// <summary>
/// Keeps a file for each erasure in the folder <c>Privacy:Tombstones</c>, outside of the database, so that restoring a backup does not undo them: the verb <c>erasures --replay</c> carries them
/// out again. Without the folder the log alone keeps them.
/// </summary>
public sealed partial class Tombstones(IConfiguration configuration, ILogger<Tombstones> logger)
{
    private readonly string? folder = configuration["Privacy:Tombstones"] is { Length: > 0 } set ? set : null;

    /// <summary>Returns once it is on the disk. Writing the same one again changes nothing: what came after the first time is not to be taken for what came before.</summary>
    public void Write(Tombstone tombstone)
    {
        LogErased(logger, tombstone.ErasureId, tombstone.TenantId, string.Join(' ', tombstone.Ids));
        if (folder is null)
        {
            return;
        }

        var (file, unfinished) = (Path.Combine(folder, $"{tombstone.ErasureId}.json"), Path.Combine(folder, $"{tombstone.ErasureId}.{Guid.NewGuid():N}.tmp"));
        if (File.Exists(file))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        using (var stream = new FileStream(unfinished, FileMode.CreateNew))
        {
            JsonSerializer.Serialize(stream, tombstone, JsonSerializerOptions.Web);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, file, overwrite: true);
    }

    /// <summary>All that were written, oldest first.</summary>
    /// <exception cref="InvalidOperationException">There is no folder to read from.</exception>
    public IReadOnlyList<Tombstone> ReadAll()
    {
        var files = folder is null ? throw new InvalidOperationException("The setting Privacy:Tombstones is missing.")
            : Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
        return [.. files.Select(Read).OrderBy(t => t.At)];
    }

    private static Tombstone Read(string file) => JsonSerializer.Deserialize<Tombstone>(File.ReadAllText(file), JsonSerializerOptions.Web)
        ?? throw new InvalidOperationException($"{file} is no tombstone.");

    [LoggerMessage(Level = LogLevel.Information, Message = "Erasure {ErasureId} in tenant {TenantId} of {Ids}")]
    private static partial void LogErased(ILogger logger, Guid erasureId, Guid tenantId, string ids);
}
