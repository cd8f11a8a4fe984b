using Clew.Model;

namespace Clew.Formats.Zipkin.V1;

// What core annotations and addresses say of calls and messages: times, kinds, which side shares the other's id, who is on the other end.
internal sealed partial class ZipkinV1Converter
{
    private bool HasTimes => Span.Common.StartNs != 0 && Span.Common.DurationNs != 0;

    private void TimeCall()
    {
        ref readonly ZipkinV1Mark send = ref marks.ClientSend;
        ref readonly ZipkinV1Mark receive = ref marks.ServerReceive;
        if (send.IsSet && receive.IsSet)
            TimeBothSides();
        else if (send.IsSet && marks.ClientReceive.IsSet)
            SetTimes(send, marks.ClientReceive);
        else if (receive.IsSet && marks.ServerSend.IsSet)
            SetTimes(receive, marks.ServerSend);
        else
            TimeHalfACall();
        // v1 had no flag for it: a server that did not begin the span leaves its times to the client.
        if (!send.IsSet && receive.IsSet && (Span.Common.StartNs == 0 || (marks.ServerSend.IsSet && Span.Common.DurationNs == 0)))
            parts[receive.Part].Traits |= SpanTraits.Shared;
    }

    /// <summary>The client owns the times of the span as a whole; the server's are its annotations'.</summary>
    private void TimeBothSides()
    {
        SetTimes(marks.ClientSend, marks.ClientReceive);
        ref SpanRow client = ref parts[marks.ClientSend.Part];
        if (marks.ServerReceive.Part == marks.ClientSend.Part)
        {
            client.Kind = SpanKind.Client;
            marks.ServerReceive = marks.ServerReceive with { Part = parts.Add(marks.ServerReceive.Endpoint) };
        }
        ref SpanRow server = ref parts[marks.ServerReceive.Part];
        server.Kind = SpanKind.Server;
        server.Traits |= SpanTraits.Shared;
        server.StartNs = marks.ServerReceive.TimeNs;
        if (marks.ServerSend.IsSet)
            server.DurationNs = marks.ServerSend.TimeNs - marks.ServerReceive.TimeNs;
        // One-way: the client does not wait, so it has no end.
        if (!marks.ClientReceive.IsSet && Span.Common.DurationNs == 0)
            client.DurationNs = 0;
    }

    /// <summary>With only a start or only an end, the end stays what was sent: an annotation.</summary>
    private void TimeHalfACall()
    {
        StartAt(marks.ClientSend);
        StartAt(marks.ServerReceive);
        KeepAsAnnotation(marks.ClientReceive);
        KeepAsAnnotation(marks.ServerSend);
        if (Span.Common.StartNs == 0)
            return;
        parts[0].StartNs = Span.Common.StartNs;
        parts[0].DurationNs = Span.Common.DurationNs;
    }

    private void TimeMessage()
    {
        ref readonly ZipkinV1Mark wireSend = ref marks.WireSend;
        ref readonly ZipkinV1Mark wireReceive = ref marks.WireReceive;
        if (marks.MessageSend.IsSet && marks.MessageReceive.IsSet)
        {
            TimeProducerAndConsumer();
        }
        else if (marks.MessageSend.IsSet)
        {
            SetTimes(marks.MessageSend, wireSend);
        }
        else if (marks.MessageReceive.IsSet)
        {
            if (wireReceive.IsSet)
                SetTimes(wireReceive with { Part = marks.MessageReceive.Part }, marks.MessageReceive);
            else
                SetTimes(marks.MessageReceive, default);
        }
        else
        {
            KeepAsAnnotation(wireSend);
            KeepAsAnnotation(wireReceive);
        }
    }

    private void TimeProducerAndConsumer()
    {
        ref SpanRow producer = ref parts[marks.MessageSend.Part];
        if (marks.MessageReceive.Part == marks.MessageSend.Part)
        {
            producer.Kind = SpanKind.Producer;
            marks.MessageReceive = marks.MessageReceive with { Part = parts.Add(marks.MessageReceive.Endpoint) };
        }
        producer.StartNs = marks.MessageSend.TimeNs;
        producer.DurationNs = marks.WireSend.IsSet ? marks.WireSend.TimeNs - marks.MessageSend.TimeNs : 0;
        ref SpanRow consumer = ref parts[marks.MessageReceive.Part];
        consumer.Kind = SpanKind.Consumer;
        consumer.Traits |= SpanTraits.Shared;
        consumer.StartNs = marks.WireReceive.IsSet ? marks.WireReceive.TimeNs : marks.MessageReceive.TimeNs;
        consumer.DurationNs = marks.MessageReceive.TimeNs - consumer.StartNs;
    }

    private void SetRemotes(int clientAddress, int serverAddress, int messageAddress)
    {
        if (!marks.HasCall)
            SetRemotesWithoutCall(clientAddress, serverAddress);
        ZipkinV1Mark server = marks.ServerReceive.IsSet ? marks.ServerReceive : marks.ServerSend;
        if (clientAddress != 0 && server.IsSet && !parts.SameEndpoint(clientAddress, server.Endpoint))
        {
            // Finagle names the server as the client of itself; the socket is the client's all the same.
            parts[server.Part].RemoteEndpoint = parts.SameService(clientAddress, server.Endpoint) ? parts.WithoutName(clientAddress) : clientAddress;
        }
        ZipkinV1Mark client = marks.ClientSend.IsSet ? marks.ClientSend : marks.ClientReceive;
        if (serverAddress != 0 && client.IsSet)
            parts[client.Part].RemoteEndpoint = serverAddress;
        if (messageAddress == 0)
            return;
        if (marks.MessageSend.IsSet)
            parts[marks.MessageSend.Part].RemoteEndpoint = messageAddress;
        if (marks.MessageReceive.IsSet)
            parts[marks.MessageReceive.Part].RemoteEndpoint = messageAddress;
    }

    private void SetRemotesWithoutCall(int clientAddress, int serverAddress)
    {
        if (clientAddress != 0 && serverAddress != 0)
        {
            parts[parts.Of(clientAddress)].RemoteEndpoint = serverAddress;
        }
        else if (serverAddress != 0)
        {
            parts[0].RemoteEndpoint = serverAddress;
        }
        else if (clientAddress != 0)
        {
            parts[0].Kind = SpanKind.Server;
            parts[0].RemoteEndpoint = clientAddress;
        }
    }

    /// <summary>Gives a part the times of the span as a whole if it has both, else those of the two marks.</summary>
    private void SetTimes(in ZipkinV1Mark start, in ZipkinV1Mark end)
    {
        ref SpanRow part = ref parts[start.Part];
        if (HasTimes)
        {
            part.StartNs = Span.Common.StartNs;
            part.DurationNs = Span.Common.DurationNs;
            return;
        }
        part.StartNs = start.TimeNs;
        if (end.IsSet)
            part.DurationNs = end.TimeNs - start.TimeNs;
    }

    private void StartAt(in ZipkinV1Mark mark)
    {
        if (mark.IsSet)
            parts[mark.Part].StartNs = mark.TimeNs;
    }

    private void KeepAsAnnotation(in ZipkinV1Mark mark)
    {
        if (mark.IsSet && mark.Annotation >= 0)
            Span.Annotations[mark.Annotation] = Span.Annotations[mark.Annotation] with { Part = mark.Part };
    }
}
