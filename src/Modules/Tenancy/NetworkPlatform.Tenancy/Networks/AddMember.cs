using Microsoft.Extensions.Options;
using NetworkPlatform.Tenancy.Contracts;
using NetworkPlatform.Tenancy.Tenants;

namespace NetworkPlatform.Tenancy.Networks;

/// <summary>Adds a nonprofit to the umbrella's network, directly below it. It is a tenant of its own from the answer on.</summary>
internal static class AddMember
{
    /// <param name="Culture">As every setting: the umbrella's where it is not given.</param>
    /// <param name="TimeZone">IANA name.</param>
    /// <param name="Currency">ISO 4217 code.</param>
    /// <param name="AdminEmail">Who is to be invited as its first administrator.</param>
    /// <param name="IsUmbrella">Whether it may have members itself.</param>
    /// <param name="Plan">Decides on its quotas; <c>standard</c> where it is not given.</param>
    public sealed record Command(string Slug, string Name, string? Culture, string? TimeZone, string? Currency, string AdminEmail, bool IsUmbrella = false, string? Plan = null)
        : ICommand<Response>;

    public sealed record Response(Guid Id, string Slug);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(Quotas quotas, IOptions<TenantResolutionOptions> resolution)
        {
            RuleFor(c => c.Slug).Slug().Must(resolution.Value.MayName).WithMessage("Must be none of the names that are no tenant's here.");
            RuleFor(c => c.Name).Text(Tenant.NameLength);
            RuleFor(c => c.Culture).Culture().When(c => c.Culture is not null);
            RuleFor(c => c.TimeZone).IanaTimeZone().When(c => c.TimeZone is not null);
            RuleFor(c => c.Currency!).Currency().When(c => c.Currency is not null);
            RuleFor(c => c.AdminEmail).Email();
            RuleFor(c => c.Plan).Plan(quotas).When(c => c.Plan is not null);
        }
    }

    internal sealed class Handler(TenancyDbContext db, TenantContext current, Quotas quotas, Outbox outbox) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (!current.Tenant.IsUmbrella)
            {
                return new NetworkNotFound();
            }

            if (current.Tenant.Ancestors.Count + 2 > Tenant.MaxDepth)
            {
                return new NetworkTooDeep();
            }

            if (await db.Tenants.AnyAsync(t => t.Slug == request.Slug, cancellationToken))
            {
                return new SlugTaken(request.Slug);
            }

            if (await quotas.Check(db, current.Tenant, "members", db.Tenants.Below(current.Tenant), added: 1, cancellationToken) is { } exceeded)
            {
                return exceeded;
            }

            var umbrella = await db.Tenants.SingleAsync(t => t.Id == current.Tenant.Id, cancellationToken);
            var member = umbrella.Member(request.Slug, request.Name.Trim(), request.IsUmbrella, request.AdminEmail);
            (member.Culture, member.TimeZone, member.Currency) = (request.Culture, request.TimeZone, request.Currency);
            (member.Plan, member.PlanFrom) = request.Plan is { } plan ? (plan, current.Tenant.Ancestors.Count) : (member.Plan, member.PlanFrom);
            db.Add(member);
            outbox.Publish(new TenantProvisioned(member.Id, member.Slug, member.Name, request.AdminEmail));
            return new Response(member.Id, member.Slug);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/network/members", (Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command, cancellationToken).ToCreated(_ => "/network"))
        .RequirePermission(TenancyPermissions.ManageMembers);
}
