using System.Text.Json;

namespace NetworkPlatform.Registry.Imports;

/// <summary>What became of an import: how many rows were taken in, and why others were not.</summary>
internal static class GetImport
{
    public sealed record Query(Guid ImportId) : IQuery<Response>;

    /// <param name="Problems">Why rows were rejected.</param>
    /// <param name="Reviews">What was taken in but should be looked at.</param>
    public sealed record Response(
        Guid Id, ImportStatus Status, bool DryRun, int Total, int Created, int Updated, int Unchanged, int Rejected, int NeedsReview,
        IReadOnlyList<ImportProblem> Problems, IReadOnlyList<ImportProblem> Reviews);

    internal sealed class Handler(RegistryDbContext db) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            var import = await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == request.ImportId, cancellationToken);
            return import is null
                ? new ImportNotFound()
                : new Response(
                    import.Id, import.Status, import.DryRun, import.Total, import.Created, import.Updated, import.Unchanged, import.Rejected, import.NeedsReview,
                    JsonSerializer.Deserialize<List<ImportProblem>>(import.Problems)!, JsonSerializer.Deserialize<List<ImportProblem>>(import.Reviews)!);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/imports/{importId:guid}", (Guid importId, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(importId), cancellationToken).ToOk())
        .RequirePermission(RegistryPermissions.Import);
}
