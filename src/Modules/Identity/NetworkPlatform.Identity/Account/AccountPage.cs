using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using NetworkPlatform.Identity.Memberships;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.SignIn;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Account;

/// <summary>What every page has: the tenant that it is seen through, who looks at it, and how a command's error becomes a text beside the field that it is about.</summary>
internal abstract class AccountPage : PageModel
{
    /// <summary>Where to go on afterwards; only ever on this site.</summary>
    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    public TenantInfo Tenant => Service<TenantContext>().Tenant;

    public Person? Person => Service<Visitor>().Person;

    public SignInSession? Session => Service<Visitor>().Session;

    public IStringLocalizer Texts => Service<IStringLocalizer<Texts>>();

    /// <summary>Whether the page changes how somebody signs in: then they prove anew who they are, unless they have just done so.</summary>
    protected virtual bool NeedsRecentSignIn => false;

    /// <summary>Whether the address is one that passkeys can belong to: a name, not a number, and the service's own.</summary>
    public bool TakesPasskeys => new Uri(Service<TokenSettings>().Issuer) is { HostNameType: UriHostNameType.Dns } issuer && issuer.Host == Request.Host.Host;

    /// <summary>What has just been done.</summary>
    public string? Notice { get; protected set; }

    protected Guid PersonId => Session!.PersonId;

    private bool IsBackHere => ReturnUrl is { Length: > 0 } && Url.IsLocalUrl(ReturnUrl);

    /// <summary>The address of a page, seen through the same tenant and going back to the same place.</summary>
    public string To(string path) => path + (IsBackHere ? ThroughTenant.Add("returnUrl", ReturnUrl!) : ThroughTenant);

    /// <summary>This page in another language.</summary>
    public string In(string language) => Request.Path + QueryString.Create(
        Request.Query.Where(q => q.Key != "culture").SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value)).Append(KeyValuePair.Create("culture", (string?)language)));

    /// <summary>Roles by the names that people read.</summary>
    public string RoleNames(IEnumerable<string> roles) => string.Join(", ", roles.Select(role => Texts[$"Role.{role}"].Value));

    /// <summary>The time on the tenant's clocks.</summary>
    public string Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(Tenant.TimeZone)).ToString("g", CultureInfo.CurrentCulture);

    protected T Service<T>()
        where T : notnull => HttpContext.RequestServices.GetRequiredService<T>();

    private QueryString ThroughTenant => QueryString.Create("tenant", Tenant.Identifier);

    /// <summary>Where the person is a member.</summary>
    protected async Task<IReadOnlyList<TenantInfo>> Tenants()
    {
        List<TenantInfo> found = [];
        foreach (var id in (await Send(new ListMyTenants.Query(PersonId))).Value!)
        {
            if (await Service<ITenantStore>().GetAsync(id, HttpContext.RequestAborted) is { } tenant)
            {
                found.Add(tenant);
            }
        }

        return found;
    }

    /// <summary>For what is one tenant's own: it is looked at, and ended, there.</summary>
    protected Task<Result<T>> In<T>(TenantInfo tenant, IRequest<Result<T>> request)
        where T : notnull => Service<TenantScopes>().Send(tenant, request, HttpContext.RequestAborted);

    protected Task<Result<T>> Send<T>(IRequest<Result<T>> command)
        where T : notnull => Service<IMediator>().Send(command, HttpContext.RequestAborted);

    /// <summary>Back to where the person came from, or else to their account.</summary>
    protected IActionResult GoOn() => See(IsBackHere ? ReturnUrl! : "/account" + ThroughTenant);

    /// <summary>Another page, to be fetched by GET: so that going back, or loading again, repeats nothing.</summary>
    protected IActionResult See(string address)
    {
        Response.Headers.Location = address;
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (NeedsRecentSignIn && Session?.IsFresh(Service<TimeProvider>().GetUtcNow()) != true)
        {
            context.Result = SignInAgain();
        }
    }

    /// <summary>The page again, with what was wrong.</summary>
    /// <param name="field">The field to stand beside, where the error itself names none.</param>
    protected IActionResult Again(Error error, string field = "")
    {
        if (error is SignInNotRecent)
        {
            return SignInAgain();
        }

        if (error is Invalid invalid)
        {
            foreach (var name in invalid.Errors.Keys)
            {
                ModelState.AddModelError(name, Texts[$"Invalid.{name}"]);
            }
        }
        else
        {
            var text = Texts[$"Error.{Error.NameOf(error.GetType())}"];
            ModelState.AddModelError(field, text.ResourceNotFound ? Texts["Error.other"] : text);
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private IActionResult SignInAgain() => See("/account/sign-in" + ThroughTenant.Add("returnUrl", Request.Path + ThroughTenant));

    /// <summary>The page again, with a text of its own.</summary>
    protected IActionResult Again(string text, string field = "")
    {
        ModelState.AddModelError(field, Texts[text]);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
