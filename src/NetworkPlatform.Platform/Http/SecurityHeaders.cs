namespace NetworkPlatform.Platform.Http;

/// <summary>What every answer tells a browser: take it for what it says it is, show it in no frame, keep no copy, and come back by https only. Pages say more themselves.</summary>
internal static class SecurityHeaders
{
    internal static void UseSecurityHeaders(this WebApplication app)
    {
        // The public address says it, since a proxy may stand in between that speaks http with us.
        var isHttps = app.Configuration["Identity:Issuer"]?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                if (headers.CacheControl.Count == 0)
                {
                    headers.CacheControl = "no-store";
                }

                if (headers["Referrer-Policy"].Count == 0)
                {
                    headers["Referrer-Policy"] = "no-referrer";
                }

                if (headers.ContentSecurityPolicy.Count == 0)
                {
                    headers.ContentSecurityPolicy = "frame-ancestors 'none'";
                }

                if (isHttps)
                {
                    headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
                }

                return Task.CompletedTask;
            });
            return next();
        });
    }
}
