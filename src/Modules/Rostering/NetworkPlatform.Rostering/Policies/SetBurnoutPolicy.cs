using System.Text.Json.Serialization;
using NetworkPlatform.Rostering.Burnout;
using NetworkPlatform.Tenancy.Contracts;

namespace NetworkPlatform.Rostering.Policies;

/// <summary>Sets the limits of the tenant or of one of its chapters, in place of what that level said before. It may only tighten what the level above has set.</summary>
internal static class SetBurnoutPolicy
{
    private const decimal Most = 10_000;

    /// <param name="Rules">Rules that are left out, and thresholds that are null, hold as the level above has them.</param>
    public sealed record Command(IReadOnlyList<PolicyLimit>? Rules, int? DemandingFrom, TimeOnly? NightStart, TimeOnly? NightEnd, PolicyWeights? Weights) : ICommand<PolicyView>
    {
        [JsonIgnore]
        public Guid? ChapterId { get; init; }

        [JsonIgnore]
        public string? IfMatch { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Rules).Must(rules => rules is null || rules.Select(r => r?.Rule).Distinct(StringComparer.Ordinal).Count() == rules.Count).WithMessage("Must name each rule once.");
            RuleForEach(c => c.Rules).NotNull().ChildRules(limit =>
            {
                limit.RuleFor(l => l.Rule).Must(rule => PolicyLimit.RuleOf(rule) is not null).WithMessage($"Must be one of {string.Join(", ", PolicyLimit.Names)}.");
                limit.RuleFor(l => l.Warn).InclusiveBetween(0, Most).WithMessage($"Must be from 0 to {Most}.");
                limit.RuleFor(l => l.Refuse).InclusiveBetween(0, Most).WithMessage($"Must be from 0 to {Most}.");
                limit.RuleFor(l => l.Warn).Must((l, warn) => warn is null || l.Refuse is null || PolicyLimit.RuleOf(l.Rule) is not { } rule || (rule.IsMinimum() ? warn >= l.Refuse : warn <= l.Refuse))
                    .WithMessage("Must come before refuse does.");
            });
            RuleFor(c => c.DemandingFrom).InclusiveBetween(1, 3).WithMessage("Must be from 1 to 3.");
            RuleFor(c => c.NightEnd).Must((c, end) => (c.NightStart is null) == (end is null)).WithMessage("Give nightStart and nightEnd together, or neither.")
                .Must((c, end) => end is null || Tightening.SinceNoon(c.NightStart!.Value) < Tightening.SinceNoon(end.Value)).WithMessage("Must be later than nightStart, between one noon and the next.");
            RuleFor(c => c.Weights).Must(weights => weights is null || weights.Given.All(w => w is >= 0 and <= 1000)).WithMessage("Must be percentages from 0 to 1000.");
        }
    }

    internal sealed class Handler(RosteringDbContext db, PolicySets policies, ITenancyQueries tenancy, TenantContext current, TimeProvider clock) : ICommandHandler<Command, PolicyView>
    {
        public async Task<Result<PolicyView>> Handle(Command request, CancellationToken cancellationToken)
        {
            var tenant = current.Tenant;
            if (request.ChapterId is { } chapterId && (await tenancy.GetChapters([chapterId], cancellationToken)).Count == 0)
            {
                return new ChapterNotFound(chapterId);
            }

            // Two changes at once: one after the other, so that each is held against what it follows.
            db.LockNameAhead($"burnout-policy {tenant.NetworkId}");
            var before = await policies.Newest(cancellationToken);
            var number = PolicyView.NumberOf(before.Version, tenant, request.ChapterId);
            if (request.IfMatch?.Trim('"') is { Length: > 0 } expected && expected != number.ToString(System.Globalization.CultureInfo.InvariantCulture))
            {
                return new StaleVersion();
            }

            var layer = new PolicyLayer(request.Rules, request.DemandingFrom, request.NightStart, request.NightEnd, request.Weights);
            var above = before.Above(request.ChapterId);
            var said = layer.Over(above ?? BurnoutPolicy.Default);
            if (above is not null && Tightening.FindLooser(above, said) is { } looser)
            {
                return looser;
            }

            var isShared = tenant.IsUmbrella && request.ChapterId is null;
            if (isShared)
            {
                db.Add(new NetworkPolicy { Umbrella = tenant.Identifier, Number = number + 1, Layer = layer, At = clock.GetUtcNow() });
            }
            else
            {
                db.Add(new TenantPolicy { ChapterId = request.ChapterId, Number = number + 1, Layer = layer, At = clock.GetUtcNow() });
            }

            var version = isShared ? before.Version with { Network = number + 1 } : before.Version with { Tenant = number + 1 };
            return PolicyView.Of(said, version, tenant, request.ChapterId);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/burnout-policy", (Guid? chapterId, HttpRequest http, Command command, IMediator mediator, CancellationToken cancellationToken) =>
            mediator.Send(command with { ChapterId = chapterId, IfMatch = http.Headers.IfMatch }, cancellationToken).ToTagged())
        .RequirePermission(RosteringPermissions.ManagePolicy);
}
