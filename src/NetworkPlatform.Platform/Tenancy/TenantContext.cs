using System.Diagnostics.CodeAnalysis;

namespace NetworkPlatform.Platform.Tenancy;

/// <summary>The tenant of the current scope (a request, a message, or a <see cref="TenantScopes.RunAs"/>): set once, then fixed.</summary>
[SuppressMessage("Design", "CA1065", Justification = "Reading a tenant that was never resolved is a bug, and must not read as no tenant.")]
public sealed class TenantContext
{
    private TenantInfo? tenant;

    public bool IsResolved => tenant is not null;

    /// <exception cref="TenantNotResolvedException">Nothing has resolved the tenant of this scope.</exception>
    public TenantInfo Tenant => tenant ?? throw new TenantNotResolvedException();

    /// <summary>The chapters that the caller is limited to; null for the whole tenant.</summary>
    public IReadOnlyList<Guid>? Chapters { get; private set; }

    /// <exception cref="InvalidOperationException">The scope already has another tenant; open a scope of its own instead.</exception>
    public void Resolve(TenantInfo resolved)
    {
        if (tenant is not null && tenant.Id != resolved.Id)
        {
            throw new InvalidOperationException("The tenant of a scope is set once. Use TenantScopes.RunAs to work for another tenant.");
        }

        tenant = resolved;
    }

    internal void LimitTo(IReadOnlyList<Guid> chapters) => Chapters = chapters;
}

/// <summary>Tenant-owned data was asked for where no tenant had been resolved.</summary>
public sealed class TenantNotResolvedException() : InvalidOperationException("No tenant has been resolved in this scope.");

/// <summary>A change would have touched a row outside of the chapters that the caller is limited to.</summary>
public sealed class ChapterMismatchException(string entity) : InvalidOperationException($"{entity} belongs to a chapter that the caller may not touch.");

/// <summary>A change would have touched another tenant's row.</summary>
public sealed class TenantMismatchException(string entity) : InvalidOperationException($"{entity} belongs to another tenant than the current one.");
