using Microsoft.AspNetCore.Mvc;
using NetworkPlatform.Identity.Connect;

namespace NetworkPlatform.Identity.Account;

/// <summary>Which applications act for the person, wherever they are a member, which they may end.</summary>
internal sealed class ApplicationsPage : AccountPage
{
    [BindProperty(Name = "id")]
    public Guid? Id { get; set; }

    /// <summary>Public id.</summary>
    [BindProperty(Name = "client")]
    public string? Client { get; set; }

    public IReadOnlyList<(TenantInfo Tenant, ListApplications.Item Application)> Applications { get; private set; } = [];

    public async Task OnGetAsync()
    {
        List<(TenantInfo, ListApplications.Item)> found = [];
        foreach (var tenant in await Tenants())
        {
            found.AddRange((await In(tenant, new ListApplications.Query(PersonId))).Value!.Select(application => (tenant, application)));
        }

        Applications = found;
    }

    public async Task<IActionResult> OnPostEndAsync()
    {
        if ((await Tenants()).FirstOrDefault(t => t.Id == Id) is { } tenant)
        {
            await In(tenant, new EndApplicationAccess.Command(PersonId, Client ?? ""));
        }

        return See(To("/account/applications"));
    }
}
