namespace NetworkPlatform.Identity.Audit;

/// <summary>Where the tenant's audit chain ends. Keep it elsewhere: the verification then shows whether anything before it was cut off or made anew.</summary>
internal static class GetAuditHead
{
    public sealed record Query : IQuery<AuditEnd>;

    internal sealed class Handler(IdentityDbContext db, AuditReading audit) : IQueryHandler<Query, AuditEnd>
    {
        public async Task<Result<AuditEnd>> Handle(Query request, CancellationToken cancellationToken)
        {
            return await audit.FindEnd(db, cancellationToken);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/audit/head", (IMediator mediator, CancellationToken cancellationToken) => mediator.Send(new Query(), cancellationToken).ToOk())
        .RequirePermission(IdentityPermissions.ReadAudit);
}
