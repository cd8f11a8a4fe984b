using System.Collections.Frozen;
using System.Diagnostics;
using Clew.Tracing.Exporters.Encoding;

namespace Clew.Tracing.Exporters.Zipkin;

/// <summary>The member <c>tags</c>: an activity's tags as text, its status, its scope and the resource.</summary>
internal sealed class ZipkinTagWriter
{
    private readonly TagText text;
    private readonly ZipkinKeys keys;
    private readonly string[] resourceKeys;
    private readonly byte[][] resourceMembers;
    private readonly byte[] allResourceMembers;

    public ZipkinTagWriter(ExportedResource resource, TagText text)
    {
        this.text = text;
        resourceKeys = [.. resource.Attributes.Select(item => item.Key)];
        keys = new ZipkinKeys(resourceKeys.ToFrozenSet(StringComparer.Ordinal));
        resourceMembers = [.. resource.Attributes.Select(item => MemberOf(item.Key, item.Value))];
        allResourceMembers = [.. resourceMembers.SelectMany(member => member)];
    }

    public void Write(PooledBuffer buffer, Activity span, ref ZipkinRemoteEndpoint remote)
    {
        ZipkinKeyUses met = ZipkinKeyUses.None;
        var statusTags = new StatusTags();
        buffer.Write(",\"tags\":{"u8);
        int start = buffer.Length;
        foreach (ref readonly KeyValuePair<string, object?> tag in span.EnumerateTagObjects())
        {
            if (tag.Value is not { } value)
                continue;
            ZipkinKey key = keys.Of(tag.Key);
            met |= key.Uses;
            if (key.Uses.HasFlag(ZipkinKeyUses.Status))
            {
                statusTags.TryTake(tag.Key, value);
                continue;
            }
            if (key.Uses.HasFlag(ZipkinKeyUses.RemoteEndpoint))
                remote.Consider(tag.Key, value);
            if (value is string plain)
                WriteMember(buffer, key, tag.Key, plain);
            else
                WriteMember(buffer, key, tag.Key, TagValue.Of(value));
        }
        WriteStatus(buffer, statusTags.StatusOf(span), hasError: met.HasFlag(ZipkinKeyUses.Error));
        WriteScope(buffer, span.Source);
        WriteResource(buffer, span, replaced: met.HasFlag(ZipkinKeyUses.Resource));
        // Every member begins with its comma; the first needs none.
        if (buffer.Length > start)
            buffer.Overwrite(start, (byte)' ');
        buffer.WriteByte((byte)'}');
    }

    // OpenTelemetry to Zipkin, "Status": error carries the message and is there, empty, even without one.
    private void WriteStatus(PooledBuffer buffer, SpanStatus status, bool hasError)
    {
        if (status.Code == ActivityStatusCode.Ok)
            buffer.Write(",\"otel.status_code\":\"OK\""u8);
        if (status.Code != ActivityStatusCode.Error)
            return;
        buffer.Write(",\"otel.status_code\":\"ERROR\""u8);
        if (!hasError)
            WriteMember(buffer, keys.Of("error"), "error", status.Description ?? "");
    }

    private void WriteScope(PooledBuffer buffer, ActivitySource source)
    {
        if (source.Name.Length > 0)
            WriteMember(buffer, keys.Of("otel.scope.name"), "otel.scope.name", source.Name);
        if (!string.IsNullOrEmpty(source.Version))
            WriteMember(buffer, keys.Of("otel.scope.version"), "otel.scope.version", source.Version);
    }

    // Readers keep the last of equal keys, and the span knows better than the process.
    private void WriteResource(PooledBuffer buffer, Activity span, bool replaced)
    {
        if (!replaced)
        {
            buffer.Write(allResourceMembers);
            return;
        }
        for (int i = 0; i < resourceKeys.Length; i++)
        {
            if (span.GetTagItem(resourceKeys[i]) is null)
                buffer.Write(resourceMembers[i]);
        }
    }

    private byte[] MemberOf(string key, in TagValue value)
    {
        using var member = new PooledBuffer(capacity: 256);
        WriteMember(member, keys.Of(key), key, value);
        return member.Written.ToArray();
    }

    private static void WriteMember(PooledBuffer buffer, in ZipkinKey known, string key, string value)
    {
        Span<byte> to = buffer.Reserve(ZipkinKeys.BytesMax(key) + JsonText.BytesMax(value));
        buffer.Keep(JsonText.Write(to, ZipkinKeys.Write(to, 0, known, key), value));
    }

    private void WriteMember(PooledBuffer buffer, in ZipkinKey known, string key, in TagValue value)
    {
        if (value.Kind == TagKind.Text)
        {
            WriteMember(buffer, known, key, value.Text);
            return;
        }
        ReadOnlySpan<byte> utf8 = text.Of(value);
        Span<byte> to = buffer.Reserve(ZipkinKeys.BytesMax(key) + JsonText.BytesMax(utf8));
        buffer.Keep(JsonText.Write(to, ZipkinKeys.Write(to, 0, known, key), utf8));
    }
}
