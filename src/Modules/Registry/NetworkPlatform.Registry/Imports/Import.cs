using System.Text.Json;

namespace NetworkPlatform.Registry.Imports;

internal enum ImportStatus
{
    Pending,
    Completed,

    /// <summary>As a whole: nothing of it was taken in.</summary>
    Refused,
}

/// <summary>A meeting list handed in for import, and what became of its rows.</summary>
internal sealed class Import : Entity, IOfChapter
{
    public required Guid ChapterId { get; init; }

    /// <summary>IANA zone of rows that name none.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Tells what would happen and changes nothing.</summary>
    public required bool DryRun { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public ImportStatus Status { get; private set; }

    public int Total { get; private set; }

    public int Created { get; private set; }

    public int Updated { get; private set; }

    public int Unchanged { get; private set; }

    public int Rejected { get; private set; }

    public int NeedsReview { get; private set; }

    /// <summary>The rows as read, as JSON; not the file itself, which may hold people's names and numbers. Emptied when they have been taken in.</summary>
    public string Rows { get; private set; } = "[]";

    /// <summary><see cref="ImportProblem"/>s as JSON: why rows were rejected.</summary>
    public string Problems { get; private set; } = "[]";

    /// <summary><see cref="ImportProblem"/>s as JSON: what somebody should look at.</summary>
    public string Reviews { get; private set; } = "[]";

    internal void Take(IReadOnlyList<FeedRow> rows)
    {
        Total = rows.Count;
        Rejected = rows.Count(r => r.Meeting is null);
        NeedsReview = rows.Count(r => r.Meeting is not null && r.Reviews.Count > 0);
        Rows = JsonSerializer.Serialize(rows.Where(r => r.Meeting is not null));
        Problems = JsonSerializer.Serialize(rows.SelectMany(r => r.Problems, (r, p) => new ImportProblem(r.Row, p.Field, p.Message)));
        Reviews = JsonSerializer.Serialize(rows.Where(r => r.Meeting is not null).SelectMany(r => r.Reviews, (r, p) => new ImportProblem(r.Row, p.Field, p.Message)));
    }

    /// <summary>Their slugs in small letters, as those that have waited from an earlier version may not be yet.</summary>
    internal IReadOnlyList<FeedRow> AcceptedRows() =>
        JsonSerializer.Deserialize<List<FeedRow>>(Rows)!.ConvertAll(r => r with { Meeting = r.Meeting! with { Slug = r.Meeting.Slug.ToLowerInvariant() } });

    internal void Refuse(string reason)
    {
        (Status, Rejected, NeedsReview) = (ImportStatus.Refused, Total, 0);
        Problems = JsonSerializer.Serialize<ImportProblem[]>([new ImportProblem(0, "body", reason)]);
        (Rows, Reviews) = ("[]", "[]");
    }

    internal void Complete(int created, int updated, int unchanged)
    {
        (Created, Updated, Unchanged) = (created, updated, unchanged);
        Status = ImportStatus.Completed;
        Rows = "[]";
    }
}

/// <summary>What was wrong with a row.</summary>
/// <param name="Row">Position in the file, from 1; 0 for the whole of it.</param>
/// <param name="Field">The file's own name of the field.</param>
internal sealed record ImportProblem(int Row, string Field, string Message);

internal sealed record ImportNotFound() : NotFound("There is no such import.");

/// <summary>The file as a whole cannot be read; line and column count from 1.</summary>
internal sealed record ImportNotReadable(long Line, long Column, IReadOnlyDictionary<string, string[]> Errors) : Invalid(Errors)
{
    internal static ImportNotReadable Of(FeedError error) => new(
        error.Line, error.Column, new Dictionary<string, string[]>(StringComparer.Ordinal) { ["body"] = [$"Line {error.Line}, column {error.Column}: {error.Message}"] });
}
