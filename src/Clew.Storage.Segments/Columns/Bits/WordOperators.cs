using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clew.Storage.Segments;

/// <summary>A bitwise operator for whole vectors and, as their twin for what is left over, single words.</summary>
internal interface IWordOperator
{
    static abstract Vector256<ulong> Apply(Vector256<ulong> left, Vector256<ulong> right);

    static abstract ulong Apply(ulong left, ulong right);
}

internal readonly struct WordAnd : IWordOperator
{
    public static Vector256<ulong> Apply(Vector256<ulong> left, Vector256<ulong> right) => left & right;

    public static ulong Apply(ulong left, ulong right) => left & right;
}

internal readonly struct WordOr : IWordOperator
{
    public static Vector256<ulong> Apply(Vector256<ulong> left, Vector256<ulong> right) => left | right;

    public static ulong Apply(ulong left, ulong right) => left | right;
}

internal readonly struct WordAndNot : IWordOperator
{
    public static Vector256<ulong> Apply(Vector256<ulong> left, Vector256<ulong> right) => Vector256.AndNot(left, right);

    public static ulong Apply(ulong left, ulong right) => left & ~right;
}

/// <summary>Turns the left side around; the right is not looked at.</summary>
internal readonly struct WordNot : IWordOperator
{
    public static Vector256<ulong> Apply(Vector256<ulong> left, Vector256<ulong> right) => ~left;

    public static ulong Apply(ulong left, ulong right) => ~left;
}

internal static class WordOperators
{
    /// <summary><paramref name="left"/> becomes the result; both have the same length.</summary>
    public static void Apply<TOperator>(Span<ulong> left, ReadOnlySpan<ulong> right) where TOperator : struct, IWordOperator
    {
        right = right[..left.Length];
        ref ulong leftFirst = ref MemoryMarshal.GetReference(left);
        ref ulong rightFirst = ref MemoryMarshal.GetReference(right);
        int vectorised = left.Length - left.Length % Vector256<ulong>.Count;
        for (int i = 0; i < vectorised; i += Vector256<ulong>.Count)
            TOperator.Apply(Vector256.LoadUnsafe(ref leftFirst, (nuint)i), Vector256.LoadUnsafe(ref rightFirst, (nuint)i)).StoreUnsafe(ref leftFirst, (nuint)i);
        for (int i = vectorised; i < left.Length; i++)
            left[i] = TOperator.Apply(left[i], right[i]);
    }
}
