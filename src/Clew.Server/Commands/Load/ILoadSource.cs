namespace Clew.Server.Commands.Load;

/// <summary>Where requests come from. Safe to ask from every connection at once.</summary>
internal interface ILoadSource
{
    /// <summary>Requests to be sent one after the other; null when there are enough.</summary>
    /// <param name="buffer">The connection's own memory, reused from call to call.</param>
    IReadOnlyList<LoadRequest>? Next(LoadBuffer buffer);
}

/// <summary>Memory for one connection's request.</summary>
internal sealed class LoadBuffer
{
    private byte[] bytes = [];

    public Memory<byte> OfLength(int length)
    {
        if (bytes.Length < length)
            bytes = new byte[length];
        return bytes.AsMemory(0, length);
    }
}
