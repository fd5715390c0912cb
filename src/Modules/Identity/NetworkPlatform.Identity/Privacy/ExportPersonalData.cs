namespace NetworkPlatform.Identity.Privacy;

/// <summary>All that is held on somebody, module by module: to themself in every tenant of the network, to an administrator in the tenant, and without what is for the person's own eyes only.</summary>
internal static class ExportPersonalData
{
    /// <param name="IsAsking">Whether it is the person who asks.</param>
    [AuditedRead("access-request")]
    public sealed record Query(Guid PersonId, bool IsAsking) : IQuery<Response>;

    /// <param name="Modules">By module, then by kind of record.</param>
    public sealed record InTenant(string Tenant, IReadOnlyDictionary<string, IReadOnlyDictionary<string, object>> Modules);

    public sealed record Response(DateTimeOffset ExportedAt, Guid PersonId, IReadOnlyList<InTenant> Tenants);

    internal sealed class Handler(Subjects subjects, IEnumerable<IPersonalData> modules, TenantContext current, TimeProvider clock) : IQueryHandler<Query, Response>
    {
        public async Task<Result<Response>> Handle(Query request, CancellationToken cancellationToken)
        {
            if (await subjects.Find(request.PersonId, [], request.IsAsking, cancellationToken) is not { } subject)
            {
                return new SubjectNotFound();
            }

            Dictionary<string, IReadOnlyDictionary<string, object>> answers = new(StringComparer.Ordinal);
            foreach (var module in modules)
            {
                answers[module.GetType().Assembly.GetName().Name!.Split('.')[^1].ToLowerInvariant()] = await module.Export(subject, cancellationToken);
            }

            return new Response(clock.GetUtcNow(), request.PersonId, [new InTenant(current.Tenant.Identifier, answers)]);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me/export", (Caller caller, Subjects subjects, TenantContext current, TenantScopes scopes, CancellationToken cancellationToken) =>
                ExportEverywhere(caller.PersonId!.Value, subjects, current, scopes, cancellationToken).ToOk())
            .RequirePersonThemself();
        routes.MapGet("/members/{personId:guid}/export", (Guid personId, IMediator mediator, CancellationToken cancellationToken) =>
                mediator.Send(new Query(personId, IsAsking: false), cancellationToken).ToOk())
            .RequirePermission(IdentityPermissions.ManagePrivacy);
    }

    private static async Task<Result<Response>> ExportEverywhere(Guid personId, Subjects subjects, TenantContext current, TenantScopes scopes, CancellationToken cancellationToken)
    {
        List<InTenant> tenants = [];
        Response? last = null;
        foreach (var tenant in (await subjects.OtherTenantsOf(personId, cancellationToken)).Prepend(current.Tenant))
        {
            // Each tenant's answer is in that tenant's audit.
            var answer = await scopes.Send(tenant, new Query(personId, IsAsking: true), cancellationToken);
            if (answer.IsSuccess)
            {
                tenants.AddRange((last = answer.Value).Tenants);
            }
        }

        return last is null ? new SubjectNotFound() : last with { Tenants = tenants };
    }
}
