using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clew.Storage.Segments;

/// <summary>Compares values of the length most keys and values have without a call: two words that overlap cover every length between one word and two.</summary>
internal static class ShortBytes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Equal(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int length = left.Length;
        if (length != right.Length)
            return false;
        ref byte one = ref MemoryMarshal.GetReference(left);
        ref byte other = ref MemoryMarshal.GetReference(right);
        if (length > 2 * Vector128<byte>.Count)
            return left.SequenceEqual(right);
        if (length >= Vector128<byte>.Count)
        {
            nuint last = (nuint)(length - Vector128<byte>.Count);
            return ((Vector128.LoadUnsafe(ref one) ^ Vector128.LoadUnsafe(ref other)) | (Vector128.LoadUnsafe(ref one, last) ^ Vector128.LoadUnsafe(ref other, last))) == Vector128<byte>.Zero;
        }
        if (length >= sizeof(ulong))
            return Differences<ulong>(ref one, ref other, 0) == 0 && Differences<ulong>(ref one, ref other, length - sizeof(ulong)) == 0;
        if (length >= sizeof(uint))
            return Differences<uint>(ref one, ref other, 0) == 0 && Differences<uint>(ref one, ref other, length - sizeof(uint)) == 0;
        // First, middle and last are all there is of three bytes or fewer.
        return length == 0 || (Differences<byte>(ref one, ref other, 0) | Differences<byte>(ref one, ref other, length >> 1) | Differences<byte>(ref one, ref other, length - 1)) == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Differences<T>(ref byte one, ref byte other, int at) where T : unmanaged, System.Numerics.IBitwiseOperators<T, T, T> =>
        Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref one, at)) ^ Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref other, at));
}
