namespace NetworkPlatform.Funding;

internal static class FundingPermissions
{
    internal static readonly Permission ReadFunds = new("funding.funds.read", Roles.TenantAdmin, Roles.Finance, Roles.Viewer);
    internal static readonly Permission ManageFunds = new("funding.funds.manage", Roles.TenantAdmin, Roles.Finance);
    internal static readonly Permission ReceiveIncome = new("funding.funds.income", Roles.TenantAdmin, Roles.Finance);
    internal static readonly Permission Allocate = new("funding.funds.allocate", Roles.TenantAdmin, Roles.Finance);
    internal static readonly Permission Spend = new("funding.funds.spend", Roles.TenantAdmin, Roles.Finance);
}
