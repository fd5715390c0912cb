using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using NetworkPlatform.Identity.Keys;
using NetworkPlatform.Identity.People;
using NetworkPlatform.Identity.SignIn;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Account;

/// <summary>The pages on which people sign in and see to their account: server-rendered, in this folder, everything below <c>/account</c>.</summary>
internal static class AccountPages
{
    /// <summary>Pages in this folder are for everybody, all others for whoever is signed in.</summary>
    private const string Public = "/Public/";

    /// <summary>Part of signing in to a client, so open to whoever has signed in at the tenant's own provider, too.</summary>
    private const string ConsentPage = "/Consent";

    internal static void AddAccountPages(this IServiceCollection services, TokenSettings settings)
    {
        services.AddDataProtection().SetApplicationName("NetworkPlatform");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeepDataProtectionKeys>();
        services.AddAuthentication().AddCookie(SessionCookie.Scheme).AddCookie(SessionCookie.HalfWayScheme);
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, SessionCookieOptions>();
        services.AddScoped<CurrentSession>().AddScoped<Visitor>().AddScoped<Passwords>();
        services.AddScoped<IAuthorizationHandler, SignedInHandler>();
        services.AddSingleton<ITenantStrategy, PageTenant>();
        services.AddLocalization();
        services.AddIdentityCore<Person>(identity =>
        {
            // People's addresses are what they are; who owns one is proved by mail.
            identity.User.AllowedUserNameCharacters = "";
            identity.User.RequireUniqueEmail = true;
            identity.Password = new PasswordOptions
            {
                RequiredLength = Passwords.MinLength,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false,
            };
        }).AddUserStore<PersonStore>().AddPasswordValidator<WellKnownPasswords>();
        services.AddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>().AddSingleton<ProtectedTokens>().AddSingleton<Authenticators>().AddScoped<Letters>();
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            // Passkeys belong to the service's own host name, whatever a request's Host header says.
            var origin = new Uri(settings.Issuer);
            passkeys.ServerDomain = origin.Host;
            passkeys.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && context.Origin == origin.GetLeftPart(UriPartial.Authority));
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
        });
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = Passwords.Iterations);
        services.AddAntiforgery(forgery =>
        {
            forgery.Cookie.Name = settings.IsHttps ? "__Host-antiforgery" : "antiforgery";
            forgery.Cookie.Path = "/";
            forgery.Cookie.SecurePolicy = settings.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            forgery.Cookie.SameSite = SameSiteMode.Strict;
            forgery.SuppressXFrameOptionsHeader = true; // ours is stricter
        });
        services.AddRazorPages(pages => pages.RootDirectory = "/Account")
            .ConfigureApplicationPartManager(parts =>
            {
                parts.ApplicationParts.Clear(); // the pages of this assembly, and nothing that happens to be beside it
                parts.ApplicationParts.Add(new CompiledRazorAssemblyPart(typeof(AccountPages).Assembly));
            })
            .AddMvcOptions(mvc => mvc.Filters.Add<AccountPageFilter>());
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRazorPages().Add(endpoint =>
        {
            var page = endpoint.Metadata.OfType<PageActionDescriptor>().Last().ViewEnginePath;
            endpoint.Metadata.Add(new AccountErrors());
            var guard = new Guard(endpoint);
            _ = page.StartsWith(Public, StringComparison.Ordinal) ? guard.AllowAnonymous("people sign in here") : guard.RequirePersonThemself(page == ConsentPage ? SignedIn.PolicyHere : SignedIn.Policy);
        });
        foreach (var (name, type) in AccountAssets.All)
        {
            routes.MapGet($"/account/assets/{name}", (HttpContext http) => AccountAssets.Send(http, name, type)).AllowAnonymous("what pages are drawn with").WithoutTenant().ExcludeFromDescription();
        }

        routes.MapGet("/account/assets/colours.css", AccountAssets.Colours).WithMetadata(new AccountErrors()).AllowAnonymous("what pages are drawn with").ExcludeFromDescription();
    }

    /// <summary>One endpoint, for the conventions that are written for builders.</summary>
    private sealed class Guard(EndpointBuilder endpoint) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention) => convention(endpoint);
    }
}

/// <summary>The tenant that a page is seen through: the address says, or else the one that the person came through when they signed in.</summary>
internal sealed class PageTenant : ITenantStrategy
{
    public int Priority => 150;

    public async ValueTask<string?> GetIdentifierAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AccountErrors>() is null)
        {
            return null;
        }

        if (context.Request.Query["tenant"].FirstOrDefault() is { Length: > 0 } named)
        {
            return named;
        }

        foreach (var scheme in (string[])[SessionCookie.Scheme, SessionCookie.HalfWayScheme])
        {
            if ((await context.AuthenticateAsync(scheme)).Principal?.FindFirst(SessionCookie.CameThroughClaim)?.Value is { } tenant)
            {
                return tenant;
            }
        }

        return null;
    }
}
