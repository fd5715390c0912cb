using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace NetworkPlatform.Identity.Account;

/// <summary>Errors of pages, as pages. They need neither tenant nor database, so that they can tell when these are missing.</summary>
internal sealed class AccountErrors : IErrorFormat
{
    public Task Write(HttpContext context, Error error, int status)
    {
        var tenant = context.RequestServices.GetRequiredService<TenantContext>();
        if (error is TokenMissing)
        {
            return SendToSignIn(context, tenant);
        }

        var texts = context.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        CultureInfo.CurrentUICulture = PageLanguages.Choose(context, null, tenant.IsResolved ? tenant.Tenant.Culture : "en");
        var name = $"Error.{Error.NameOf(error.GetType())}";
        var said = texts[name] is { ResourceNotFound: false } own ? own : texts[status >= StatusCodes.Status500InternalServerError ? "Error.server" : "Error.other"];
        var direction = CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft ? "rtl" : "ltr";
        var html = HtmlEncoder.Default;
        PageHeaders.Set(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="{CultureInfo.CurrentUICulture.Name}" dir="{direction}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{html.Encode(texts["Error.title"])}</title>
            <link rel="stylesheet" href="/account/assets/account.css">
            </head>
            <body><main class="card"><h1>{html.Encode(texts["Error.title"])}</h1><p role="alert">{html.Encode(said)}</p></main></body>
            </html>
            """);
    }

    /// <summary>And back, once signed in.</summary>
    private static Task SendToSignIn(HttpContext context, TenantContext tenant)
    {
        var back = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "/account";
        var query = QueryString.Create("returnUrl", back);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/account/sign-in" + (tenant.IsResolved ? query.Add("tenant", tenant.Tenant.Identifier) : query);
        context.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}

internal sealed record FormOutdated() : Error("The form was open for too long, or came from somewhere else.");

internal sealed class FormOutdatedResult : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context) => new AccountErrors().Write(context.HttpContext, new FormOutdated(), StatusCodes.Status400BadRequest);
}
