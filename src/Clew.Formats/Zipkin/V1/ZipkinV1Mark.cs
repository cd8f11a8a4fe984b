using Clew.Model;

namespace Clew.Formats.Zipkin.V1;

/// <summary>A core annotation: a moment of a call, and who saw it.</summary>
/// <param name="TimeNs">When.</param>
/// <param name="Endpoint">Row of who says so.</param>
/// <param name="Part">The part of the span that belongs to the endpoint.</param>
/// <param name="Annotation">Where it stands among the span's annotations; -1 for one that was concluded from others.</param>
internal readonly record struct ZipkinV1Mark(long TimeNs, int Endpoint, int Part, int Annotation)
{
    /// <summary>A core annotation counts only with an endpoint.</summary>
    public bool IsSet => Endpoint != 0;
}

/// <summary>The core annotations of one span (zipkincore.thrift): the client's, the server's, a message's two sides.</summary>
internal struct ZipkinV1Marks
{
    public ZipkinV1Mark ClientSend;
    public ZipkinV1Mark ClientReceive;
    public ZipkinV1Mark ServerReceive;
    public ZipkinV1Mark ServerSend;
    public ZipkinV1Mark MessageSend;
    public ZipkinV1Mark MessageReceive;
    public ZipkinV1Mark WireSend;
    public ZipkinV1Mark WireReceive;

    public readonly bool HasCall => ClientSend.IsSet || ClientReceive.IsSet || ServerReceive.IsSet || ServerSend.IsSet;

    /// <summary>Takes the mark if <paramref name="value"/> is a core annotation, and says what kind it gives its span.</summary>
    public bool TryTake(ReadOnlySpan<byte> value, in ZipkinV1Mark mark, out SpanKind kind)
    {
        kind = SpanKind.Unspecified;
        if (value.Length != 2)
            return false;
        switch (value[0], value[1])
        {
            case ((byte)'c', (byte)'s'):
                ClientSend = mark;
                kind = SpanKind.Client;
                return true;
            case ((byte)'c', (byte)'r'):
                ClientReceive = mark;
                kind = SpanKind.Client;
                return true;
            case ((byte)'s', (byte)'r'):
                ServerReceive = mark;
                kind = SpanKind.Server;
                return true;
            case ((byte)'s', (byte)'s'):
                ServerSend = mark;
                kind = SpanKind.Server;
                return true;
            case ((byte)'m', (byte)'s'):
                MessageSend = mark;
                kind = SpanKind.Producer;
                return true;
            case ((byte)'m', (byte)'r'):
                MessageReceive = mark;
                kind = SpanKind.Consumer;
                return true;
            case ((byte)'w', (byte)'s'):
                WireSend = mark;
                return true;
            case ((byte)'w', (byte)'r'):
                WireReceive = mark;
                return true;
            default:
                return false;
        }
    }
}
