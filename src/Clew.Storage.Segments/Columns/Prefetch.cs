using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Clew.Storage.Segments;

/// <summary>Asks for memory that is read a little later. A hint: does nothing where the processor has no instruction for it that the runtime offers.</summary>
internal static class Prefetch
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Read<T>(ref T place) where T : unmanaged
    {
        // The address is only looked at; that the collector may move the object meanwhile makes the hint useless, not wrong.
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
    }
}
