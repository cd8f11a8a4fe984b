namespace Clew.Storage.Segments;

/// <summary>What is asked of each value of a column. Immutable; any number of threads may ask at once.</summary>
/// <param name="holds">Decides about one value.</param>
/// <param name="needle">Bytes that stand in every value that passes, at least one; null when none are known.</param>
internal sealed class ValueQuestion(ValuePredicate holds, byte[]? needle = null)
{
    /// <summary>
    /// Bytes that stand in every value that passes: whole blocks of values are searched for them before one is looked at.
    /// </summary>
    public byte[]? Needle => needle;

    /// <summary>Whether a value passes.</summary>
    public bool Passes(ReadOnlySpan<byte> value) => (needle is null || value.IndexOf(needle) >= 0) && holds(value);

    /// <summary>Whether a value that is known to have the <see cref="Needle"/> passes.</summary>
    public bool HoldsFor(ReadOnlySpan<byte> value) => holds(value);
}

/// <summary>Decides about one value of a dictionary.</summary>
internal delegate bool ValuePredicate(ReadOnlySpan<byte> value);
