using System.Globalization;
using Clew.Model;

namespace Clew.Query;

/// <summary>Shows the IPv4 addresses that old clients send as numbers (<c>ip</c>, <c>peer.ipv4</c>) as people write them.</summary>
internal static class AddressTags
{
    public static Span Mend(Span span)
    {
        AttributeList attributes = Mend(span.Attributes);
        AttributeList resource = Mend(span.Resource.Attributes);
        if (!ReferenceEquals(attributes, span.Attributes))
            span = span with { Attributes = attributes };
        return ReferenceEquals(resource, span.Resource.Attributes) ? span : span with { Resource = span.Resource with { Attributes = resource } };
    }

    /// <summary>The address as text; null when the attribute is no address in a number.</summary>
    public static string? TextOf(KeyValue attribute)
    {
        if (attribute.Key is not ("ip" or "peer.ipv4"))
            return null;
        long number;
        if (attribute.Value.Type == AttributeType.Int64)
            number = attribute.Value.AsInt64();
        // JavaScript knows no other numbers.
        else if (attribute.Value.Type == AttributeType.Double && double.IsInteger(attribute.Value.AsDouble()))
            number = (long)attribute.Value.AsDouble();
        else
            return null;
        // Some write the 32 bits as a signed number. Others are no address.
        if (number is < int.MinValue or > uint.MaxValue)
            return null;
        uint address = (uint)number;
        return string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");
    }

    private static AttributeList Mend(AttributeList attributes)
    {
        bool any = false;
        foreach (KeyValue attribute in attributes.AsSpan())
            any |= TextOf(attribute) is not null;
        return any
            ? new AttributeList([.. attributes.Select(static one => TextOf(one) is { } text ? new KeyValue(one.Key, AttributeValue.From(text)) : one)])
            : attributes;
    }
}
