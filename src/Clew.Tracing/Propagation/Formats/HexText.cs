namespace Clew.Tracing.Propagation;

/// <summary>Puts a header of B3 or Jaeger together in space that is large enough for it.</summary>
internal ref struct HexText(Span<char> space)
{
    private readonly Span<char> space = space;
    private int length;

    public readonly ReadOnlySpan<char> Written => space[..length];

    public void Append(char letter) => space[length++] = letter;

    public void Append(ReadOnlySpan<char> digits)
    {
        digits.CopyTo(space[length..]);
        length += digits.Length;
    }

    /// <summary>16 digits for a 64-bit trace id, otherwise 32: what B3 and Jaeger clients of either width expect to get back.</summary>
    public void AppendTraceId(ReadOnlySpan<char> digits) => Append(digits.StartsWith(Hex.ZeroHigh) ? digits[Hex.ZeroHigh.Length..] : digits);
}
