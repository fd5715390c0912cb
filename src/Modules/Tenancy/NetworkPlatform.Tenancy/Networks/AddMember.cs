using System.Globalization;
using NetworkPlatform.Tenancy.Tenants;

namespace NetworkPlatform.Tenancy.Networks;

/// <summary>Adds a nonprofit to the umbrella's network. It is a tenant of its own from the answer on.</summary>
internal static class AddMember
{
    /// <param name="TimeZone">IANA name.</param>
    /// <param name="Currency">ISO 4217 code.</param>
    /// <param name="AdminEmail">Who is to be invited as its first administrator.</param>
    public sealed record Command(string Slug, string Name, string Culture, string TimeZone, string Currency, string AdminEmail) : ICommand<Response>;

    public sealed record Response(Guid Id, string Slug);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Slug).Slug();
            RuleFor(c => c.Name).Text(Tenant.NameLength);
            RuleFor(c => c.Culture).Must(IsCulture).WithMessage("Must be a culture, such as 'en-GB'.");
            RuleFor(c => c.TimeZone).IanaTimeZone();
            RuleFor(c => c.Currency).Currency();
            RuleFor(c => c.AdminEmail).Email();
        }

        private static bool IsCulture(string? culture) =>
            culture is { Length: > 0 } && CultureInfo.GetCultures(CultureTypes.AllCultures).Any(c => c.Name == culture);
    }

    internal sealed class Handler(TenancyDbContext db, TenantContext current) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (!current.Tenant.IsUmbrella)
            {
                return new NetworkNotFound();
            }

            if (await db.Tenants.AnyAsync(t => t.Slug == request.Slug, cancellationToken))
            {
                return new SlugTaken(request.Slug);
            }

            var member = Tenant.Member(
                current.Tenant.Id, request.Slug, request.Name.Trim(), request.Culture, request.TimeZone, request.Currency, request.AdminEmail);
            db.Add(member);
            return new Response(member.Id, member.Slug);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/network/members", (Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command, cancellationToken).ToCreated(_ => "/network"))
        .RequirePermission(TenancyPermissions.ManageMembers);
}
