using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.SignIn;

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

    /// <summary>What has just been done.</summary>
    public string? Notice { get; protected set; }

    protected Guid PersonId => Session!.PersonId;

    private bool IsBackHere => ReturnUrl is { Length: > 0 } && Url.IsLocalUrl(ReturnUrl);

    /// <summary>The address of a page, seen through the same tenant and going back to the same place.</summary>
    public string To(string path) => path + (IsBackHere ? ThroughTenant.Add("returnUrl", ReturnUrl!) : ThroughTenant);

    /// <summary>This page in another language.</summary>
    public string In(string language) => Request.Path + QueryString.Create(
        Request.Query.Where(q => q.Key != "culture").SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value)).Append(KeyValuePair.Create("culture", (string?)language)));

    protected T Service<T>()
        where T : notnull => HttpContext.RequestServices.GetRequiredService<T>();

    private QueryString ThroughTenant => QueryString.Create("tenant", Tenant.Identifier);

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

    /// <summary>The page again, with what was wrong.</summary>
    /// <param name="field">The field to stand beside, where the error itself names none.</param>
    protected IActionResult Again(Error error, string field = "")
    {
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

    /// <summary>The page again, with a text of its own.</summary>
    protected IActionResult Again(string text, string field = "")
    {
        ModelState.AddModelError(field, Texts[text]);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
