using System.Text.Json.Serialization;

namespace NetworkPlatform.Tenancy.Tenants;

/// <summary>
/// Changes what is given of the current tenant's name and settings; the rest stays. Settings named in <c>inherit</c> are given up for the parent's. Tenants
/// below that have none of their own follow. Needs the version that is being changed as If-Match.
/// </summary>
internal static class ChangeTenant
{
    public sealed record Command(
        string? Name, string? Culture, string? TimeZone, string? Currency, DayOfWeek? WeekStart, Branding? Branding, IReadOnlyList<string>? Inherit) : ICommand<Done>
    {
        [JsonIgnore]
        public int Version { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name!).Text(Tenant.NameLength).When(c => c.Name is not null);
            RuleFor(c => c.Culture).Culture().When(c => c.Culture is not null);
            RuleFor(c => c.TimeZone).IanaTimeZone().When(c => c.TimeZone is not null);
            RuleFor(c => c.Currency!).Currency().When(c => c.Currency is not null);
            RuleFor(c => c.Branding!).SetValidator(new SettingRules.BrandingValidator()).When(c => c.Branding is not null);
            RuleFor(c => c.Inherit).Must(names => names is null || names.All(name => Setting.All.Any(s => s.Name == name)))
                .WithMessage($"Must be some of {string.Join(", ", Setting.All.Select(s => s.Name))}.");
        }
    }

    internal sealed class Handler(TenancyDbContext db, TenantStore store, TenantContext current, Outbox outbox) : ICommandHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken cancellationToken)
        {
            var tenant = await db.Tenants.SingleAsync(t => t.Id == current.Tenant.Id, cancellationToken);
            if (tenant.Version != request.Version)
            {
                return new StaleVersion();
            }

            if (tenant.ParentId is null && request.Inherit is { Count: > 0 })
            {
                return new NothingToInherit();
            }

            foreach (var setting in Setting.All.Where(s => request.Inherit?.Contains(s.Name, StringComparer.Ordinal) == true))
            {
                setting.Inherit(tenant);
            }

            tenant.Name = request.Name?.Trim() ?? tenant.Name;
            tenant.Culture = request.Culture ?? tenant.Culture;
            tenant.TimeZone = request.TimeZone ?? tenant.TimeZone;
            tenant.Currency = request.Currency ?? tenant.Currency;
            tenant.WeekStart = request.WeekStart ?? tenant.WeekStart;
            tenant.BrandName = request.Branding?.Name ?? tenant.BrandName;
            tenant.BrandColor = request.Branding?.Color ?? tenant.BrandColor;
            tenant.LogoUrl = request.Branding?.LogoUrl ?? tenant.LogoUrl;
            tenant.Version++;
            await store.Changed(db, tenant, outbox, cancellationToken);
            return Done.Instance;
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPatch("/tenant", (IfMatch ifMatch, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { Version = ifMatch.Version }, cancellationToken).ToNoContent())
        .RequirePermission(TenancyPermissions.ManageTenant);
}

internal sealed record NothingToInherit() : RuleBroken("This tenant is at the top of its network, so there is nothing above it to inherit.");
