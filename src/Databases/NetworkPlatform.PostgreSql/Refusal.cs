namespace NetworkPlatform.PostgreSql;

/// <summary>How a statement fails, and with it the transaction, for a reason of ours.</summary>
internal static class Refusal
{
    /// <summary>A row was not as it had been read.</summary>
    internal const string ChangedMeanwhile = "changed-meanwhile";

    /// <summary>The tenant's rows are in another database, or on their way there.</summary>
    internal const string TenantIsAbsent = "tenant-absent";

    internal const string Function = """
        CREATE OR REPLACE FUNCTION platform.refuse(reason text, code text) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '%', reason USING ERRCODE = code;
        END $$
        """;
}
