using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clew.Storage.Segments;

/// <summary>
/// Tests every value of a span and writes the answers as bits, 64 to a word. The loop is written for 512-bit vectors, whose lanes of one word's
/// rows need no shuffling; where the processor has only narrower ones the runtime splits them.
/// </summary>
internal static class ValueScan
{
    /// <param name="values">One a row.</param>
    /// <param name="test">What to ask of each.</param>
    /// <param name="words">Receives the answers; every word that has a row is overwritten, bits past the last row with zero.</param>
    public static void Run<T, TTest>(ReadOnlySpan<T> values, TTest test, Span<ulong> words) where T : unmanaged where TTest : struct, IValueTest<T>
    {
        int wholeWords = values.Length >> 6;
        words = words[..RowBitmap.WordCount(values.Length)];
        ref T first = ref MemoryMarshal.GetReference(values);
        for (int i = 0; i < wholeWords; i++)
        {
            ulong word = 0;
            for (int row = 0; row < 64; row += Vector512<T>.Count)
                word |= test.Test(Vector512.LoadUnsafe(ref first, (nuint)((i << 6) + row))).ExtractMostSignificantBits() << row;
            words[i] = word;
        }
        RunScalar(values[(wholeWords << 6)..], test, words[wholeWords..]);
    }

    /// <summary>The same, value by value.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void RunScalar<T, TTest>(ReadOnlySpan<T> values, TTest test, Span<ulong> words) where T : unmanaged where TTest : struct, IValueTest<T>
    {
        words = words[..RowBitmap.WordCount(values.Length)];
        words.Clear();
        for (int i = 0; i < values.Length; i++)
        {
            if (test.Test(values[i]))
                words[i >> 6] |= 1UL << i;
        }
    }
}
