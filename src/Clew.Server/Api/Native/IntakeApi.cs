using System.Text.Json;
using Clew.Server.Pipeline.Intake;
using Clew.Server.Receivers;
using Clew.Server.Web;

namespace Clew.Server.Api.Native;

/// <summary><c>GET /api/clew/intake</c>: am I receiving data, and if not, why? What every receiver took and refused since the start, and from whom.</summary>
internal sealed class IntakeApi(IntakeReporter reporter)
{
    public Task IntakeAsync(HttpContext context)
    {
        // No parameter is known: a misspelt one is a mistake here as on the other paths.
        _ = new NativeParameters(context.Request.Query);
        IntakeReport report = reporter.Read();
        context.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.WriteAsync(context, JsonAnswer.Indented(2), writer => Write(writer, report));
    }

    private static void Write(Utf8JsonWriter writer, IntakeReport report)
    {
        writer.WriteStartObject();
        WriteTime(writer, "startedAt"u8, report.StartedNs);
        WriteTime(writer, "now"u8, report.NowNs);
        WriteTime(writer, "lastSpansAt"u8, report.LastSpansNs);
        writer.WriteStartArray("receivers"u8);
        foreach (ReceiverReport receiver in report.Receivers)
            Write(writer, receiver);
        writer.WriteEndArray();
        writer.WriteStartArray("flows"u8);
        foreach (Flow flow in report.Flows)
            Write(writer, flow);
        writer.WriteEndArray();
        writer.WriteNumber("flowsForgotten"u8, report.FlowsForgotten);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReceiverReport receiver)
    {
        (ReceiverPlace place, ReceiverTally tally) = receiver;
        writer.WriteStartObject();
        writer.WriteString("receiver"u8, place.Receiver);
        writer.WriteStartArray("endpoints"u8);
        foreach (System.Net.IPEndPoint endPoint in place.EndPoints)
            writer.WriteStringValue(endPoint.ToString());
        writer.WriteEndArray();
        if (place.Queue is not null)
            writer.WriteString("queue"u8, place.Queue);
        writer.WriteString("problem"u8, place.Problem);
        if (place.Buffer is { } buffer)
        {
            writer.WriteStartObject("receiveBuffer"u8);
            writer.WriteNumber("grantedBytes"u8, buffer.GrantedBytes);
            writer.WriteNumber("askedBytes"u8, buffer.AskedBytes);
            writer.WriteEndObject();
        }
        writer.WriteNumber("requests"u8, tally.Requests);
        writer.WriteNumber("requestsRefused"u8, tally.RequestsRefused);
        writer.WriteNumber("bytesReceived"u8, tally.BytesReceived);
        writer.WriteNumber("spansStored"u8, tally.SpansStored);
        writer.WriteNumber("spansRefused"u8, tally.SpansRefused);
        WriteTime(writer, "lastSpansAt"u8, tally.LastSpansNs);
        writer.WriteStartArray("refused"u8);
        foreach (RefusalCount count in tally.Refusals)
            Write(writer, count);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, RefusalCount count)
    {
        writer.WriteStartObject();
        writer.WriteString("reason"u8, count.Reason);
        writer.WriteNumber("requests"u8, count.Requests);
        writer.WriteNumber("spans"u8, count.Spans);
        WriteTime(writer, "lastAt"u8, count.LastNs);
        writer.WritePropertyName("last"u8);
        if (count.Last is { } last)
            Write(writer, last);
        else
            writer.WriteNullValue();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, LastRefusal last)
    {
        writer.WriteStartObject();
        WriteTime(writer, "at"u8, last.AtNs);
        writer.WriteString("message"u8, last.Message);
        writer.WriteString("userAgent"u8, last.UserAgent);
        writer.WriteNumber("payloadBytes"u8, last.PayloadBytes);
        writer.WriteString("firstBytesHex"u8, Convert.ToHexStringLower(last.FirstBytes.Span));
        writer.WriteString("firstBytesText"u8, HexDump.Printable(last.FirstBytes.Span));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Flow flow)
    {
        writer.WriteStartObject();
        writer.WriteString("receiver"u8, flow.Receiver);
        writer.WriteString("service"u8, flow.Service);
        writer.WriteStartObject("client"u8);
        writer.WriteString("name"u8, flow.Client.Name);
        writer.WriteString("language"u8, flow.Client.Language);
        writer.WriteString("version"u8, flow.Client.Version);
        writer.WriteEndObject();
        writer.WriteNumber("spans"u8, flow.Spans);
        WriteTime(writer, "firstSpansAt"u8, flow.FirstNs);
        WriteTime(writer, "lastSpansAt"u8, flow.LastNs);
        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long unixNs)
    {
        if (unixNs == 0)
            writer.WriteNull(name);
        else
            writer.WriteString(name, Format.Iso(unixNs));
    }
}
