using Microsoft.AspNetCore.Mvc;
using NetworkPlatform.Identity.Memberships;

namespace NetworkPlatform.Identity.Account;

/// <summary>Where the person is a member, which they may end.</summary>
internal sealed class TenantsPage : AccountPage
{
    [BindProperty(Name = "id")]
    public Guid? Id { get; set; }

    public IReadOnlyList<(TenantInfo Tenant, FindMembership.Response Membership)> Tenants { get; private set; } = [];

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostLeaveAsync()
    {
        await Load();
        if (Tenants.Select(t => t.Tenant).FirstOrDefault(t => t.Id == Id) is not { } tenant)
        {
            return See(To("/account/tenants"));
        }

        var left = await In(tenant, new LeaveTenant.Command(PersonId));
        return left.IsSuccess ? See(To("/account/tenants")) : Again(left.Error);
    }

    private async Task Load()
    {
        List<(TenantInfo, FindMembership.Response)> found = [];
        foreach (var id in (await Send(new ListMyTenants.Query(PersonId))).Value!)
        {
            if (await Service<ITenantStore>().GetAsync(id, HttpContext.RequestAborted) is { } tenant && (await In(tenant, new FindMembership.Query(PersonId))).Value is { } membership)
            {
                found.Add((tenant, membership));
            }
        }

        Tenants = found;
    }

    /// <summary>Each membership is its tenant's, so it is looked at, and ended, there.</summary>
    private Task<Result<T>> In<T>(TenantInfo tenant, IRequest<Result<T>> request)
        where T : notnull => Service<TenantScopes>().RunAs(tenant, services => services.GetRequiredService<IMediator>().Send(request, HttpContext.RequestAborted));
}
