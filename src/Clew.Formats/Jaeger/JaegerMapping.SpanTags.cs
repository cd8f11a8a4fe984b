using Clew.Model;

namespace Clew.Formats.Jaeger;

internal partial struct JaegerMapping
{
    // Neighbouring spans come from few libraries; looking further back would cost more than a repeated row.
    private const int ScopesCompared = 8;

    /// <summary>Adds a tag to the span's attributes, or moves it to the field it stands for.</summary>
    public readonly void AddSpanTag(ref SpanRow row, ref SpecialTags tags, in AttributeRow tag)
    {
        if (!TryApply(ref row, ref tags, tag))
            batch.SpanAttributes.Add(tag);
    }

    private readonly bool TryApply(ref SpanRow row, ref SpecialTags tags, in AttributeRow tag)
    {
        switch (JaegerTagName.Of(batch.Bytes(tag.Key)))
        {
            case JaegerTagName.Kind.SpanKind:
                return tag.Type == AttributeType.String && row.Kind == SpanKind.Unspecified && JaegerTagName.TryReadKind(batch.Bytes(tag.Slice), out row.Kind);
            case JaegerTagName.Kind.Error:
                bool isError = tag.Type == AttributeType.Bool ? tag.Bool : tag.Type == AttributeType.String && batch.Bytes(tag.Slice).SequenceEqual("true"u8);
                tags.IsError |= isError;
                return isError;
            case JaegerTagName.Kind.StatusCode:
                return TryTakeStatus(ref tags, tag);
            case JaegerTagName.Kind.StatusDescription:
                return TryTake(ref row.StatusMessage, tag);
            case JaegerTagName.Kind.TraceState:
                return TryTake(ref row.TraceState, tag);
            case JaegerTagName.Kind.ScopeName:
                return TryTake(ref tags.ScopeName, tag);
            case JaegerTagName.Kind.ScopeVersion:
                return TryTake(ref tags.ScopeVersion, tag);
            case JaegerTagName.Kind.LibraryName:
                return TryHold(ref tags.LibraryName, tag);
            case JaegerTagName.Kind.LibraryVersion:
                return TryHold(ref tags.LibraryVersion, tag);
            default:
                return false;
        }
    }

    private readonly bool TryTakeStatus(ref SpecialTags tags, in AttributeRow tag)
    {
        // Numbers: OpenTelemetry Go before 1.2 sent its own constants, which are not OTLP's.
        StatusCode code = tag.Type switch
        {
            AttributeType.String => JaegerTagName.StatusOf(batch.Bytes(tag.Slice)),
            AttributeType.Int64 when tag.Int64 == 1 => StatusCode.Error,
            AttributeType.Int64 when tag.Int64 == 2 => StatusCode.Ok,
            _ => StatusCode.Unset,
        };
        if (code == StatusCode.Unset || tags.Code != StatusCode.Unset)
            return false;
        tags.Code = code;
        tags.CodeTag = tag;
        return true;
    }

    private static bool TryTake(ref Utf8Slice field, in AttributeRow tag)
    {
        bool taken = tag.Type == AttributeType.String && !tag.Slice.IsEmpty && field.IsEmpty;
        if (taken)
            field = tag.Slice;
        return taken;
    }

    private static bool TryHold(ref AttributeRow held, in AttributeRow tag)
    {
        bool taken = tag.Type == AttributeType.String && !tag.Slice.IsEmpty && held.Slice.IsEmpty;
        if (taken)
            held = tag;
        return taken;
    }

    /// <summary>Settles what needs all tags of the span. A tag that says something else than was settled stays an attribute.</summary>
    public readonly void Apply(in SpecialTags tags, ref SpanRow row)
    {
        row.Status = tags.IsError ? StatusCode.Error : tags.Code;
        if (tags.Code != StatusCode.Unset && tags.Code != row.Status)
            batch.SpanAttributes.Add(tags.CodeTag);
        Utf8Slice name = OneOf(tags.ScopeName, tags.LibraryName);
        Utf8Slice version = OneOf(tags.ScopeVersion, tags.LibraryVersion);
        if (!name.IsEmpty || !version.IsEmpty)
            row.Scope = InternScope(name, version);
    }

    // otel.library.* is the old name of otel.scope.*; exporters of the time of change send both.
    private readonly Utf8Slice OneOf(Utf8Slice scope, in AttributeRow library)
    {
        if (scope.IsEmpty)
            return library.Slice;
        if (!library.Slice.IsEmpty && !batch.Bytes(library.Slice).SequenceEqual(batch.Bytes(scope)))
            batch.SpanAttributes.Add(library);
        return scope;
    }

    private readonly int InternScope(Utf8Slice name, Utf8Slice version)
    {
        RowTable<ScopeRow> scopes = batch.Scopes;
        int next = scopes.Count;
        for (int i = next - 1; i > 0 && i >= next - ScopesCompared; i--)
        {
            if (batch.Bytes(scopes[i].Name).SequenceEqual(batch.Bytes(name)) && batch.Bytes(scopes[i].Version).SequenceEqual(batch.Bytes(version)))
                return i;
        }
        scopes.Add(new ScopeRow { Name = name, Version = version });
        return next;
    }

    /// <summary>Tags of one span that are settled when all are known.</summary>
    public struct SpecialTags
    {
        public bool IsError;
        public StatusCode Code;
        public AttributeRow CodeTag;
        public Utf8Slice ScopeName;
        public Utf8Slice ScopeVersion;
        public AttributeRow LibraryName;
        public AttributeRow LibraryVersion;
    }
}
