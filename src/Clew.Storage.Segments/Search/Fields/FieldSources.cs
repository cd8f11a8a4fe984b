using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary>Where the values of every field stand, by the rules at <see cref="IntrinsicField"/> and <see cref="AttributeScope"/>.</summary>
internal static class FieldSources
{
    /// <summary>Null for facts of the whole trace, which no table knows.</summary>
    public static FieldSource? Of(QueryField field) => field switch
    {
        QueryField.Attribute attribute => OfAttribute(attribute.Scope, attribute.Key),
        QueryField.Intrinsic intrinsic => Of(intrinsic.Field),
        _ => throw new InvalidOperationException($"Unknown field {field.GetType().Name}."),
    };

    public static AttributeValueSource OfAttribute(AttributeScope scope, string key) => scope switch
    {
        AttributeScope.Span => Span(key),
        AttributeScope.Resource => Resource(key),
        AttributeScope.Scope => Scope(key),
        AttributeScope.Event => Event(key),
        AttributeScope.Link => Link(key),
        AttributeScope.SpanThenResource => new FallbackSource(Span(key), Resource(key)),
        AttributeScope.Any => new UnionSource([Span(key), Resource(key), Scope(key), Event(key), Link(key)]),
        _ => throw new InvalidOperationException($"Unknown scope {scope}."),
    };

    /// <summary>The service name in the remote endpoint.</summary>
    public static BlobSource RemoteEndpointName { get; } = new(
        table => table.RemoteEndpoints,
        new BlobPart("endpoint name"),
        (blob, values) => AddText(RowBlobs.ReadEndpoint(blob).ServiceName, values));

    /// <summary>What names the remote side where the endpoint does not.</summary>
    public static FirstTextSource PeerServiceText { get; } = new(AttributeKeys.PeerService);

    private static FieldSource? Of(IntrinsicField field) => field switch
    {
        IntrinsicField.ServiceName => new TextSource(table => table.Services),
        IntrinsicField.RemoteServiceName => new FallbackSource(RemoteEndpointName, PeerServiceText),
        IntrinsicField.Name => new TextSource(table => table.Names),
        IntrinsicField.Kind => new WordSource(table => table.Kinds, code => IntrinsicReader.Word((SpanKind)code)),
        IntrinsicField.Status => new WordSource(table => table.Statuses, code => IntrinsicReader.Word((StatusCode)code)),
        IntrinsicField.StatusMessage => new TextSource(table => table.StatusMessages, emptyIsAbsent: true),
        IntrinsicField.DurationNs => new DurationSource(),
        IntrinsicField.StartNs => new StartSource(),
        IntrinsicField.SpanId => new SpanIdSource(),
        IntrinsicField.ParentSpanId => new ParentIdSource(),
        IntrinsicField.TraceId => new TraceIdSource(),
        IntrinsicField.ScopeName => ScopeText("scope name", scope => scope.Name),
        IntrinsicField.ScopeVersion => ScopeText("scope version", scope => scope.Version),
        IntrinsicField.EventName => new ChildSource(table => table.Events.SpanRows, new TextSource(table => table.Events.Names)),
        IntrinsicField.LinkTraceId => new ChildSource(table => table.Links.SpanRows, new StoredIdSource(table => table.Links.TraceIds)),
        IntrinsicField.LinkSpanId => new ChildSource(table => table.Links.SpanRows, new StoredIdSource(table => table.Links.SpanIds)),
        IntrinsicField.IsRoot => new RootSource(),
        IntrinsicField.TraceDurationNs or IntrinsicField.RootName or IntrinsicField.RootServiceName => null,
        _ => throw new InvalidOperationException($"Unknown field {field}."),
    };

    private static AttributeValueSource Span(string key)
    {
        var own = new ColumnsSource(table => table.Attributes, key);
        return key == AttributeKeys.PeerService ? new FallbackSource(own, RemoteEndpointName) : own;
    }

    private static BlobSource Resource(string key) => new(
        table => table.Resources,
        new BlobPart("resource attribute", key),
        (blob, values) => new AttributeSource(RowBlobs.ReadResource(blob).Attributes, null).Read(key, values));

    private static BlobSource Scope(string key) => new(
        table => table.Scopes,
        new BlobPart("scope attribute", key),
        (blob, values) => new AttributeSource(RowBlobs.ReadScope(blob).Attributes, null).Read(key, values));

    private static ChildAttributeSource Event(string key) => new(table => table.Events.SpanRows, new ColumnsSource(table => table.Events.Attributes, key));

    private static ChildAttributeSource Link(string key) => new(table => table.Links.SpanRows, new ColumnsSource(table => table.Links.Attributes, key));

    private static BlobSource ScopeText(string name, Func<Scope, string> text) => new(
        table => table.Scopes,
        new BlobPart(name),
        (blob, values) => AddText(text(RowBlobs.ReadScope(blob)), values));

    private static void AddText(string? text, List<AttributeValue> values)
    {
        if (!string.IsNullOrEmpty(text))
            values.Add(AttributeValue.From(text));
    }
}
