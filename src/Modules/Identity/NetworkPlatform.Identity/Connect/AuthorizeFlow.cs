using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using NetworkPlatform.Identity.Clients;
using NetworkPlatform.Identity.SignIn;
using NetworkPlatform.Identity.Tokens;

namespace NetworkPlatform.Identity.Connect;

/// <summary>Takes an authorization request to its end: to the page where the person signs in, to the one where they agree, or back to the client with a code or an error.</summary>
internal sealed class AuthorizeFlow(
    ClientAuthentication clients, AuthorizeRequests requests, Continuations continuations, CurrentSession current, TenantScopes scopes, TokenSettings settings, TimeProvider clock, IHttpContextAccessor accessor)
{
    /// <summary>The request out of a browser's parameters; out of the back channel's, where they only name it.</summary>
    internal async Task<Result<Continuation>> Begin(IReadOnlyList<KeyValuePair<string, StringValues>> parameters)
    {
        var request = new ProtocolRequest(parameters);
        if (ProtocolRequest.TwiceIn(parameters) is { } twice)
        {
            // To the client only where its own address stands beyond doubt.
            return twice is "client_id" or "redirect_uri" or "request_uri" ? new ApplicationUnknown() : new Continuation(With(request.Values, Twice, twice));
        }

        if (request["request_uri"]?.StartsWith(PushAuthorization.UriPrefix, StringComparison.Ordinal) != true)
        {
            return new Continuation(request.Values);
        }

        var cancellationToken = accessor.HttpContext!.RequestAborted;
        var handle = OpaqueHandle.Read(request["request_uri"]![PushAuthorization.UriPrefix.Length..]);
        if (handle is null || await clients.Find(request["client_id"], cancellationToken) is not { } client || client.Tenant.Id != handle.TenantId)
        {
            return new SignInRequestEnded();
        }

        var (now, hash) = (clock.GetUtcNow(), handle.Hash);
        var pushed = await scopes.Read(
            client.Tenant,
            db => db.PushedRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Hash == hash && r.ClientId == client.Client.Id && r.ConsumedAt == null && r.ExpiresAt > now, cancellationToken),
            cancellationToken);
        return pushed is null
            ? new SignInRequestEnded()
            : new Continuation(With(System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(pushed.Parameters)!, "client_id", client.Id), pushed.Id);
    }

    /// <summary>The next step.</summary>
    internal async Task<Result<Destination>> GoOn(HttpContext http, Continuation continuation)
    {
        var request = new ProtocolRequest(continuation.Parameters.Select(p => KeyValuePair.Create(p.Key, new StringValues(p.Value))));
        if (await clients.Find(request["client_id"], http.RequestAborted) is not { } client || !client.Client.GrantTypes.Contains(GrantType.AuthorizationCode, StringComparer.Ordinal))
        {
            return new ApplicationUnknown();
        }

        var valid = await requests.Validate(client, request, http);
        if (valid.Error is RedirectRefused refused)
        {
            return refused;
        }

        var answer = valid.Error as Refused
            ?? (request[Twice] is { } twice ? new Refused("invalid_request", $"{twice} is given twice.") : null)
            ?? (continuation.PushedId is null && (client.Client.RequirePushedAuthorization || settings.RequirePushedAuthorization)
                ? new Refused("invalid_request", "This client has to push its requests first.")
                : null)
            ?? (continuation.Denied ? new Refused("access_denied", "The person said no.") : null);
        return answer is null ? await Decide(http, continuation, valid.Value!) : Back(request["redirect_uri"]!, request["state"], ("error", answer.Code), ("error_description", answer.Detail));
    }

    /// <summary>No client can send it: parameters that a request may not hold begin otherwise.</summary>
    private const string Twice = " twice";

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> parameters, string name, string value) => new(parameters, StringComparer.Ordinal) { [name] = value };

    private async Task<Result<Destination>> Decide(HttpContext http, Continuation continuation, AuthorizeRequest request)
    {
        var session = await current.Find(http, request.Tenant);
        if (session is null || !IsProofEnough(session, request, continuation.AskedAt))
        {
            return request.AsksFor("none") ? Back(request, "login_required", "The person has to sign in.") : ToPage("/account/sign-in", request, continuation);
        }

        if (request.Subject is { } expected && expected != session.PersonId)
        {
            return Back(request, "login_required", "Somebody else is signed in.");
        }

        if (await NeedsConsent(session, request, continuation.AskedAt, http.RequestAborted))
        {
            return request.AsksFor("none") ? Back(request, "consent_required", "The person has to agree.") : ToPage("/account/consent", request, continuation);
        }

        if (continuation.PushedId is { } pushedId
            && !(await scopes.Send(request.Client.Tenant, new UsePushedRequest.Command(pushedId), http.RequestAborted)).IsSuccess)
        {
            return new SignInRequestEnded();
        }

        http.User = SessionCookie.AsCaller(session);
        var granted = await scopes.Send(request.Tenant, new GrantAccess.Command(request, session), http.RequestAborted);
        return granted.IsSuccess
            ? Back(request.RedirectUri, request.State, ("code", granted.Value.Code))
            : Back(request, (granted.Error as Refused)?.Code ?? "server_error", granted.Error.Detail);
    }

    private bool IsProofEnough(SignInSession session, AuthorizeRequest request, DateTimeOffset? askedAt) => askedAt is { } asked
        ? session.AuthenticatedAt >= asked || !(request.AsksFor("login") || session.AuthenticatedAt < asked - request.MaxAge)
        : !request.AsksFor("login") && !(session.AuthenticatedAt < clock.GetUtcNow() - request.MaxAge);

    private async Task<bool> NeedsConsent(SignInSession session, AuthorizeRequest request, DateTimeOffset? askedAt, CancellationToken cancellationToken)
    {
        if (!request.Client.Client.RequireConsent && !request.AsksFor("consent"))
        {
            return false;
        }

        var given = await scopes.Read(
            request.Tenant, db => db.Consents.AsNoTracking().SingleOrDefaultAsync(c => c.PersonId == session.PersonId && c.ClientId == request.Client.Id, cancellationToken), cancellationToken);
        return given is null || request.Scopes.Except(given.Scopes, StringComparer.Ordinal).Any() || (request.AsksFor("consent") && !(given.GivenAt >= askedAt));
    }

    private Destination ToPage(string path, AuthorizeRequest request, Continuation continuation) => new(path + QueryString.Create("tenant", request.Tenant.Identifier)
        .Add("returnUrl", continuations.AddressOf(continuation with { AskedAt = continuation.AskedAt ?? clock.GetUtcNow() })));

    private Destination Back(AuthorizeRequest request, string error, string description) => Back(request.RedirectUri, request.State, ("error", error), ("error_description", description));

    /// <summary>To the client, with its state, and with our name, so that it does not take our answer for another issuer's (RFC 9207).</summary>
    private Destination Back(string redirectUri, string? state, params (string Name, string Value)[] answer) => new(QueryHelpers.AddQueryString(
        redirectUri,
        answer.Append(("state", state ?? "")).Append(("iss", settings.Issuer)).Where(p => p.Item2.Length > 0).Select(p => KeyValuePair.Create(p.Item1, (string?)p.Item2))));
}
