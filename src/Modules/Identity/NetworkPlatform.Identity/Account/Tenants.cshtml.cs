using Microsoft.AspNetCore.Mvc;
using NetworkPlatform.Identity.Memberships;

namespace NetworkPlatform.Identity.Account;

/// <summary>Where the person is a member, which they may end.</summary>
internal sealed class TenantsPage : AccountPage
{
    [BindProperty(Name = "id")]
    public Guid? Id { get; set; }

    public IReadOnlyList<(TenantInfo Tenant, FindMembership.Response Membership)> Memberships { get; private set; } = [];

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostLeaveAsync()
    {
        await Load();
        if (Memberships.Select(m => m.Tenant).FirstOrDefault(t => t.Id == Id) is not { } tenant)
        {
            return See(To("/account/tenants"));
        }

        var left = await In(tenant, new LeaveTenant.Command(PersonId));
        return left.IsSuccess ? See(To("/account/tenants")) : Again(left.Error);
    }

    private async Task Load()
    {
        List<(TenantInfo, FindMembership.Response)> found = [];
        foreach (var tenant in await Tenants())
        {
            if ((await In(tenant, new FindMembership.Query(PersonId))).Value is { } membership)
            {
                found.Add((tenant, membership));
            }
        }

        Memberships = found;
    }
}
