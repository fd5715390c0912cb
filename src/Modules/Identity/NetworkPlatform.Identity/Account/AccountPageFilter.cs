using System.Globalization;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.SignIn;

namespace NetworkPlatform.Identity.Account;

/// <summary>Who looks at a page: the session and the person, where somebody is signed in to the tenant's network.</summary>
internal sealed class Visitor
{
    public SignInSession? Session { get; set; }

    public Person? Person { get; set; }
}

/// <summary>Around every page: who is looking, in which language, and the headers that keep the page theirs.</summary>
internal sealed class AccountPageFilter(CurrentSession current, TenantContext tenant, IdentityDbContext db, Visitor visitor) : IAsyncResourceFilter, IAlwaysRunResultFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        visitor.Session = await current.Find(http, tenant.Tenant);
        if (visitor.Session is { PersonId: var id })
        {
            visitor.Person = await db.Read(() => db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, http.RequestAborted), http.RequestAborted);
        }

        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = PageLanguages.Choose(http, visitor.Person?.Culture, tenant.Tenant.Culture);
        PageHeaders.Set(http);
        await next();
    }

    public void OnResultExecuting(ResultExecutingContext context)
    {
        // A form that was open for too long, or was never ours.
        if (context.Result is IAntiforgeryValidationFailedResult)
        {
            context.Result = new FormOutdatedResult();
        }
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
