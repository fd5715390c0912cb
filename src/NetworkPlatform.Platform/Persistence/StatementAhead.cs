namespace NetworkPlatform.Platform.Persistence;

/// <summary>What a <see cref="StatementAhead"/> does to its table.</summary>
public enum StatementAheadKind
{
    /// <summary><c>Text</c> is the condition of the rows to lock.</summary>
    Lock,

    /// <summary><c>Text</c> is the columns and the values.</summary>
    Insert,

    /// <summary><c>Text</c> is a name that one transaction at a time holds; there is no table.</summary>
    LockName,

    /// <summary>The same; <c>Text</c> is a query for the name.</summary>
    LockNameTold,

    /// <summary>The same for a name that many hold at once, and nobody by <see cref="LockName"/> meanwhile.</summary>
    ShareName,
}

/// <summary>A statement that a transaction sends ahead of its next command, in the same round trip. The text's holes become parameters.</summary>
public sealed record StatementAhead(StatementAheadKind Kind, string Table, FormattableString Text);
