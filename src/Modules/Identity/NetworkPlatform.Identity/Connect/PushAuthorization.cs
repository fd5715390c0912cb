using System.Text.Json.Serialization;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>Takes an authorization request by the back channel (RFC 9126): the client proves who it is before anybody's browser is sent, and nobody in between can change what it asked.</summary>
internal static class PushAuthorization
{
    internal const string Path = "/connect/par";
    internal const string UriPrefix = "urn:ietf:params:oauth:request_uri:";

    public sealed record Command(Guid ClientId, IReadOnlyDictionary<string, string> Parameters) : ICommand<Response>;

    public sealed record Response([property: JsonPropertyName("request_uri")] string RequestUri, [property: JsonPropertyName("expires_in")] int ExpiresIn);

    internal sealed class Handler(IdentityDbContext db, TimeProvider clock) : ICommandHandler<Command, Response>
    {
        public async Task<Result<Response>> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow();
            await db.PushedRequests.Where(r => r.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
            var handle = OpaqueHandle.New(db.TenantId);
            db.Add(new PushedRequest
            {
                ClientId = request.ClientId,
                Hash = handle.Hash,
                Parameters = System.Text.Json.JsonSerializer.Serialize(request.Parameters),
                ExpiresAt = now + TokenSettings.PushedRequestLifetime,
            });
            return new Response(UriPrefix + handle.Text, (int)TokenSettings.PushedRequestLifetime.TotalSeconds);
        }
    }

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(Path, Push)
        .AllowAnonymous("clients authenticate here in the standard's own ways").WithoutTenant()
        .Accepts<IFormCollection>("application/x-www-form-urlencoded").Produces<Response>(StatusCodes.Status201Created);

    private static async Task<IResult> Push(HttpContext http, ClientAuthentication authentication, AuthorizeRequests requests, TenantScopes scopes, CancellationToken cancellationToken)
    {
        var form = await authentication.ReadForm(http);
        if (!form.IsSuccess)
        {
            return form.Error.ToRefusal(http);
        }

        var (request, client) = form.Value;
        if (!client.Client.GrantTypes.Contains(GrantType.AuthorizationCode, StringComparer.Ordinal))
        {
            return new Refused("unauthorized_client", $"This client may not use {GrantType.AuthorizationCode}.").ToRefusal(http);
        }

        var valid = await requests.Validate(client, request, http);
        if (!valid.IsSuccess)
        {
            return valid.Error.ToRefusal(http);
        }

        var parameters = request.Values.Where(p => p.Key is not ("client_secret" or "client_assertion" or "client_assertion_type")).ToDictionary(StringComparer.Ordinal);
        var pushed = await scopes.Send(client.Tenant, new Command(client.Client.Id, parameters), cancellationToken);
        return pushed.IsSuccess ? TypedResults.Json(pushed.Value, statusCode: StatusCodes.Status201Created) : pushed.Error.ToRefusal(http);
    }
}
