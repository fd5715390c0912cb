using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace NetworkPlatform.Platform.Http;

internal static class ApiDescription
{
    private const string ByClient = "clientCredentials";

    /// <summary>For what is a person's own, where the token of a client that speaks for itself is refused.</summary>
    private const string ByPerson = "openIdConnect";

    internal static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        // Slices nest their records, so a schema needs the slice's name too: else every Response would be the same one.
        options.CreateSchemaReferenceId = info =>
            info.Type switch
            {
                { DeclaringType: { } slice, IsGenericType: false } nested => slice.Name + nested.Name,
                { IsGenericType: true } page when page.GetGenericTypeDefinition() == typeof(Page<>) && page.GetGenericArguments()[0] is { DeclaringType: { } slice } item => $"PageOf{slice.Name}{item.Name}",
                _ => OpenApiOptions.CreateDefaultSchemaReferenceId(info),
            };
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "NetworkPlatform",
                Version = "v1",
                Description = "Support groups, volunteers, funding and insight for networks of nonprofits. Get a token at /connect/token, then send it as a bearer token.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                [ByClient] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.OAuth2,
                    Flows = new OpenApiOAuthFlows
                    {
                        ClientCredentials = new OpenApiOAuthFlow { TokenUrl = new Uri("/connect/token", UriKind.Relative), Scopes = new Dictionary<string, string>(StringComparer.Ordinal) },
                    },
                },
                [ByPerson] = new OpenApiSecurityScheme { Type = SecuritySchemeType.OpenIdConnect, OpenIdConnectUrl = new Uri("/.well-known/openid-configuration", UriKind.Relative) },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<Permission>().FirstOrDefault() is { } permission)
            {
                operation.Description = $"Needs `{permission.Name}` ({string.Join(", ", permission.GrantedTo)}).";
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ByClient, context.Document)] = [] }];
            }
            else if (metadata.OfType<OwnAccountMetadata>().Any())
            {
                operation.Description = "Needs a person's own access token: for what is theirs.";
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ByPerson, context.Document)] = [] }];
            }
            else if (metadata.OfType<PublicMetadata>().FirstOrDefault() is { } open)
            {
                operation.Description = $"Public: {open.Reason}.";
            }

            return Task.CompletedTask;
        });
    });
}
