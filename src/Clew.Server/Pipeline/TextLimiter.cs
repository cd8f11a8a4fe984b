using Clew.Model;

namespace Clew.Server.Pipeline;

/// <summary>Shortens names and values that are longer than allowed, never in the middle of a UTF-8 character.</summary>
internal sealed class TextLimiter(int nameBytesMax, int valueBytesMax)
{
    public bool LimitName(SpanBatch batch, ref Utf8Slice slice) => Limit(batch, ref slice, nameBytesMax);

    public bool LimitValue(SpanBatch batch, ref Utf8Slice slice) => Limit(batch, ref slice, valueBytesMax);

    /// <summary>Whether any row needs <see cref="LimitAttributes"/>, nested values aside.</summary>
    public bool AnyTooLong(ReadOnlySpan<AttributeRow> rows)
    {
        foreach (ref readonly AttributeRow row in rows)
        {
            if (IsTooLong(row))
                return true;
        }
        return false;
    }

    /// <summary>Limits the rows of a range; <paramref name="longElements"/> says whether nested values have to be looked into at all.</summary>
    /// <returns>Whether anything was cut.</returns>
    public bool LimitAttributes(SpanBatch batch, RowTable<AttributeRow> table, RowRange range, bool longElements)
    {
        bool cut = false;
        for (int i = range.Start; i < range.Start + range.Count; i++)
        {
            ref AttributeRow row = ref table[i];
            if (IsTooLong(row))
            {
                Shorten(batch, ref row);
                cut = true;
            }
            // Depth was bounded by the decoder.
            if (longElements && row.Type >= AttributeType.Array)
                cut |= LimitAttributes(batch, batch.Elements, row.Items, longElements);
        }
        return cut;
    }

    /// <summary>Limits resources, scopes and endpoints, which many spans share.</summary>
    public SharedCuts LimitShared(SpanBatch batch)
    {
        var cuts = new SharedCuts();
        bool longElements = AnyTooLong(batch.Elements.Rows);
        for (int i = 1; i < batch.Resources.Count; i++)
        {
            ref ResourceRow row = ref batch.Resources[i];
            if (LimitName(batch, ref row.SchemaUrl) | LimitServiceName(batch, row.Attributes)
                | LimitAttributes(batch, batch.OtherAttributes, row.Attributes, longElements))
            {
                cuts.AddResource(i);
            }
        }
        for (int i = 1; i < batch.Scopes.Count; i++)
        {
            ref ScopeRow row = ref batch.Scopes[i];
            if (LimitName(batch, ref row.Name) | LimitName(batch, ref row.Version) | LimitName(batch, ref row.SchemaUrl)
                | LimitAttributes(batch, batch.OtherAttributes, row.Attributes, longElements))
            {
                cuts.AddScope(i);
            }
        }
        for (int i = 1; i < batch.Endpoints.Count; i++)
            LimitName(batch, ref batch.Endpoints[i].ServiceName);
        return cuts;
    }

    /// <summary>A service's name is a name although it arrives as an attribute's value: every list of services shows it.</summary>
    private bool LimitServiceName(SpanBatch batch, RowRange attributes)
    {
        bool cut = false;
        for (int i = attributes.Start; i < attributes.Start + attributes.Count; i++)
        {
            ref AttributeRow row = ref batch.OtherAttributes[i];
            if (row.Type != AttributeType.String || row.Slice.Length <= nameBytesMax || !batch.Bytes(row.Key).SequenceEqual("service.name"u8))
                continue;
            Utf8Slice name = row.Slice;
            LimitName(batch, ref name);
            row = AttributeRow.String(row.Key, name);
            cut = true;
        }
        return cut;
    }

    private bool IsTooLong(in AttributeRow row) =>
        row.Key.Length > nameBytesMax || (row.Type is AttributeType.String or AttributeType.Bytes && row.Slice.Length > valueBytesMax);

    private void Shorten(SpanBatch batch, ref AttributeRow row)
    {
        Utf8Slice key = row.Key;
        LimitName(batch, ref key);
        Utf8Slice value = row.Slice;
        if (row.Type == AttributeType.String)
        {
            LimitValue(batch, ref value);
            row = AttributeRow.String(key, value);
        }
        else if (row.Type == AttributeType.Bytes)
            row = AttributeRow.Bytes(key, value.Truncate(valueBytesMax));
        else
            row = row.WithKey(key);
    }

    private static bool Limit(SpanBatch batch, ref Utf8Slice slice, int bytesMax)
    {
        if (slice.Length <= bytesMax)
            return false;
        ReadOnlySpan<byte> bytes = batch.Bytes(slice);
        int length = bytesMax;
        // At most three steps: a character has at most three continuation bytes (10xxxxxx), and text that is not UTF-8 is not walked further.
        while (length > 0 && bytesMax - length < 3 && (bytes[length] & 0xC0) == 0x80)
            length--;
        slice = slice.Truncate(length);
        return true;
    }
}
