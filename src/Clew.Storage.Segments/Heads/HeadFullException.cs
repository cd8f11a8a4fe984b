using System.Runtime.CompilerServices;

namespace Clew.Storage.Segments.Heads;

/// <summary>A dictionary of a head is full. Does not happen to who asks <see cref="HeadTable.HasRoomFor"/> first.</summary>
internal sealed class HeadFullException() : Exception("The head has no room for the batch; it should have been sealed before.")
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static HeadFullException Create() => new();
}
