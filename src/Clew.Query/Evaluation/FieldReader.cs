using Clew.Model;

namespace Clew.Query;

/// <summary>
/// Finds the values a <see cref="QueryField"/> has on a span. An array counts as itself (its JSON text) and as each of its items, arrays within it
/// likewise, so that conditions find either.
/// </summary>
public static class FieldReader
{
    /// <summary>Appends the values of an attribute to <paramref name="values"/>; nothing when the span has none.</summary>
    public static void Read(QueryField.Attribute attribute, Span span, ICollection<AttributeValue> values)
    {
        int before = values.Count;
        foreach (AttributeSource source in AttributeSource.Of(span, attribute.Scope))
        {
            // Sources come span first: the resource is only asked where the span had nothing.
            if (attribute.Scope == AttributeScope.SpanThenResource && values.Count > before)
                break;
            source.Read(attribute.Key, values);
        }
    }

    /// <summary>Adds every key under which <see cref="Read(QueryField.Attribute, Span, ICollection{AttributeValue})"/> finds something.</summary>
    public static void AddKeys(AttributeScope scope, Span span, ISet<string> keys)
    {
        foreach (AttributeSource source in AttributeSource.Of(span, scope))
            source.AddKeys(keys);
    }

    internal static void Read(QueryField field, Span span, TraceFacts trace, ICollection<AttributeValue> values)
    {
        if (field is QueryField.Attribute attribute)
            Read(attribute, span, values);
        else
            IntrinsicReader.Read(((QueryField.Intrinsic)field).Field, span, trace, values);
    }
}
