using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Clew.Tracing.Propagation;

/// <summary>Headers to be written, on the stack: both shapes of a propagator hand them to their own setter.</summary>
internal ref struct OutgoingHeaders
{
    private Pairs pairs;
    private int count;

    [UnscopedRef]
    public readonly ReadOnlySpan<KeyValuePair<string, string>> Items => ((ReadOnlySpan<KeyValuePair<string, string>>)pairs)[..count];

    public void Add(string name, string value) => pairs[count++] = new(name, value);

    // b3, uber-trace-id and four of X-B3, where flags stand instead of the decision: every name at most once.
    [InlineArray(6)]
    private struct Pairs
    {
        private KeyValuePair<string, string> first;
    }
}
