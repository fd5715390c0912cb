namespace NetworkPlatform.Identity.Connect;

/// <summary>Takes what redeems a handle behind the wall of the handle's tenant, and ends the grant of a handle that came a second time.</summary>
internal sealed class GrantScopes(ITenantStore tenants, TenantScopes scopes)
{
    internal async Task<Result<TokenAnswer>> Send(string? text, Func<OpaqueHandle, ICommand<TokenAnswer>> command, CancellationToken cancellationToken)
    {
        if (OpaqueHandle.Read(text) is not { } handle || await tenants.GetAsync(handle.TenantId, cancellationToken) is not { IsSuspended: false } tenant)
        {
            return new Refused("invalid_grant", "There is no such code or refresh token, or it has ended.");
        }

        var answer = await scopes.Send(tenant, command(handle), cancellationToken);
        if (answer.Error is Replayed { GrantId: var grantId })
        {
            // In a transaction of its own, since a refused command leaves nothing behind.
            _ = await scopes.Send(tenant, new EndGrant.Command(grantId, GrantEnd.Replayed), cancellationToken);
        }

        return answer;
    }
}
