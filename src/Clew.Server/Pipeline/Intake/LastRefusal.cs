namespace Clew.Server.Pipeline.Intake;

/// <summary>The last request, message or datagram a receiver refused for one reason.</summary>
/// <param name="AtNs">Unix nanoseconds.</param>
/// <param name="Message">What the sender was told.</param>
/// <param name="UserAgent">How the client names itself; empty when it does not.</param>
/// <param name="PayloadBytes">Length of what was there of the body, inflated as far as it came; 0 when it was refused before it was read.</param>
/// <param name="FirstBytes">Its beginning, at most <see cref="FirstBytesMax"/>.</param>
internal sealed record LastRefusal(long AtNs, string Message, string UserAgent, int PayloadBytes, ReadOnlyMemory<byte> FirstBytes)
{
    public const int FirstBytesMax = 256;
}
