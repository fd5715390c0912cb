using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace NetworkPlatform.Identity.Connect;

/// <summary>A refusal in the words of RFC 6749 §5.2 and its kin, for endpoints whose errors are the standard's and no problem details.</summary>
/// <param name="Code">For example <c>invalid_grant</c>.</param>
internal record Refused(string Code, string Detail) : Error(Detail);

internal sealed record ClientRefused() : Refused("invalid_client", "The client is unknown or not valid now, or its credentials are wrong.");

/// <summary>A code or refresh token came a second time; what came of the first use has to end.</summary>
internal sealed record Replayed(Guid GrantId) : Refused("invalid_grant", "This was used before. All that came of it has ended.");

/// <summary>What the token endpoint gives (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3).</summary>
internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("scope")] string Scope,
    [property: JsonPropertyName("refresh_token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefreshToken = null,
    [property: JsonPropertyName("id_token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? IdToken = null);

/// <summary>What a protocol endpoint's result becomes on the wire: never to be stored by anybody on the way.</summary>
internal static class ProtocolAnswers
{
    public sealed record Refusal([property: JsonPropertyName("error")] string Error, [property: JsonPropertyName("error_description")] string Description);

    internal static JsonHttpResult<Refusal> ToRefusal(this Error error, HttpContext http)
    {
        var refused = error as Refused ?? new Refused("invalid_request", error.Detail);
        if (refused.Code != "invalid_client")
        {
            return TypedResults.Json(new Refusal(refused.Code, refused.Detail), statusCode: StatusCodes.Status400BadRequest);
        }

        http.Response.Headers.WWWAuthenticate = "Basic realm=\"networkplatform\"";
        return TypedResults.Json(new Refusal(refused.Code, refused.Detail), statusCode: StatusCodes.Status401Unauthorized);
    }
}
