namespace NetworkPlatform.Identity.Audit;

/// <summary>Who did what to which records in the current tenant and why, newest first.</summary>
internal static class ListAudit
{
    [AuditedRead("oversight")]
    public sealed record Query(AuditFilter Filter, Paging Paging) : IQuery<Page<AuditItem>>;

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Filter.Actor).OptionalText(200).OverridePropertyName("actor");
            RuleFor(q => q.Filter.Action).OptionalText(200).OverridePropertyName("action");
            RuleFor(q => q.Filter.Record).OptionalText(200).OverridePropertyName("record");
            RuleFor(q => q.Filter.To).Must((query, to) => to is null || query.Filter.From is null || to > query.Filter.From).WithMessage("Must be later than from.").OverridePropertyName("to");
        }
    }

    internal sealed class Handler(IdentityDbContext db, AuditReading audit) : IQueryHandler<Query, Page<AuditItem>>
    {
        public async Task<Result<Page<AuditItem>>> Handle(Query request, CancellationToken cancellationToken)
        {
            return await audit.Read(db, request.Filter, request.Paging, cancellationToken);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/audit", ([AsParameters] AuditFilter filter, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(new Query(filter, paging), cancellationToken).ToOk())
        .RequirePermission(IdentityPermissions.ReadAudit);
}
