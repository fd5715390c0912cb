using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NetworkPlatform.Platform.Auditing;

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

            if (operation.RequestBody is null && context.Description.HttpMethod == HttpMethods.Post && Taken(metadata).Contains(typeof(HttpRequest)))
            {
                operation.RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Description = "The file itself.",
                    Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["*/*"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } } },
                };
            }

            if (Taken(metadata).Contains(typeof(IfMatch)))
            {
                operation.Responses!["412"] = new OpenApiResponse { Description = "Precondition Failed", Content = operation.Responses["409"].Content };
                operation.Responses["428"] = new OpenApiResponse { Description = "Precondition Required", Content = operation.Responses["409"].Content };
            }

            operation.Parameters = [.. operation.Parameters ?? [], .. ReadByThemselves(metadata, context.Description.HttpMethod)];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(ProblemDetails))
            {
                // Problem writes these two as well, and an error's own facts.
                schema.Properties!["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String };
                schema.Properties["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "What is wrong with each field, where the status is 400.",
                    AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
                };
                schema.Properties.Remove("instance");
                schema.AdditionalPropertiesAllowed = true;
            }

            return Task.CompletedTask;
        });
    });

    private static List<Type> Taken(IList<object> metadata) => [.. metadata.OfType<MethodInfo>().SelectMany(m => m.GetParameters()).Select(p => p.ParameterType)];

    /// <summary>What types and middleware take off the request without being a parameter that the framework knows.</summary>
    private static IEnumerable<OpenApiParameter> ReadByThemselves(IList<object> metadata, string? method)
    {
        var taken = Taken(metadata);
        if (taken.Contains(typeof(Paging)))
        {
            var most = metadata.OfType<LargestPage>().LastOrDefault()?.Limit ?? Paging.Most;
            yield return Parameter(ParameterLocation.Query, "limit", "How many at most, 25 where not given.", new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = $"{most}" });
            yield return Parameter(ParameterLocation.Query, "cursor", "The nextCursor of the page before.", Text());
        }

        if (taken.Contains(typeof(IfMatch)))
        {
            var version = Parameter(ParameterLocation.Header, "If-Match", "The ETag of the version that is to be changed.", Text());
            version.Required = true;
            yield return version;
        }

        // Every tenant's endpoint has a permission; a person's own are beside them.
        if (metadata.OfType<Permission>().Any())
        {
            yield return Parameter(ParameterLocation.Header, "X-Tenant", "The tenant's slug, where neither the host nor the token says it.", Text());
            yield return Parameter(ParameterLocation.Header, "X-Reason", "Why this is asked for; goes into the audit.", Text(AuditReason.TextLength));
            if (method == HttpMethods.Post)
            {
                yield return Parameter(ParameterLocation.Header, "Idempotency-Key", "The same key and body again are given the first answer again.", Text(IdempotencyKeyReader.MaxLength));
            }
        }

        static OpenApiParameter Parameter(ParameterLocation place, string name, string description, OpenApiSchema schema) => new() { In = place, Name = name, Description = description, Schema = schema };
        static OpenApiSchema Text(int? most = null) => new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = most };
    }
}
