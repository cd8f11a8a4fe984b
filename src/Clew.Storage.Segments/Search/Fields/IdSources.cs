using System.Buffers;
using Clew.Model;
using Clew.Query;
using Clew.Storage.Segments.Tables;

namespace Clew.Storage.Segments.Search;

/// <summary><see cref="IntrinsicField.SpanId"/>.</summary>
internal sealed class SpanIdSource : FieldSource
{
    public override SearchCost CostOf(ValueTest? test) => SearchCost.Rows;

    public override bool CannotPass(SpanTable table, ValueTest test) => IdTest.CannotPass(test, SpanId.HexLength);

    public override void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows) => rows.SetAll();

    public override void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows)
    {
        if (IdTest.CannotPass(test, SpanId.HexLength))
            rows.Clear();
        else if (test.Literal is { } literal && SpanId.TryParse(literal, out SpanId id))
            EachRow.Find(among, rows, row => table.SpanIdOf(row) == id);
        else
            EachRow.Find(among, rows, row => test.Passes(AttributeValue.From(table.SpanIdOf(row).ToString())));
    }
}

/// <summary><see cref="IntrinsicField.ParentSpanId"/>: a root has none.</summary>
internal sealed class ParentIdSource : FieldSource
{
    public override SearchCost CostOf(ValueTest? test) => test is null ? SearchCost.Codes : SearchCost.Rows;

    public override bool CannotPass(SpanTable table, ValueTest test) => IdTest.CannotPass(test, SpanId.HexLength);

    public override void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows)
    {
        table.Roots(rows);
        rows.Not();
    }

    public override void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows)
    {
        if (IdTest.CannotPass(test, SpanId.HexLength))
            rows.Clear();
        else if (test.Literal is { } literal && SpanId.TryParse(literal, out SpanId id))
            EachRow.Find(among, rows, row => table.ParentOf(row) is { IsZero: false } parent && parent == id);
        else
            EachRow.Find(among, rows, row => table.ParentOf(row) is { IsZero: false } parent && test.Passes(AttributeValue.From(parent.ToString())));
    }
}

/// <summary><see cref="IntrinsicField.TraceId"/>: asked once a trace.</summary>
internal sealed class TraceIdSource : FieldSource
{
    public override SearchCost CostOf(ValueTest? test) => test is { Literal: null } ? SearchCost.Rows : SearchCost.Codes;

    public override bool CannotPass(SpanTable table, ValueTest test) =>
        IdTest.CannotPass(test, TraceId.HexLength) || (test.Literal is { } literal && TraceId.TryParse(literal, out TraceId id) && table.Traces.Find(id) < 0);

    public override void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows) => rows.SetAll();

    public override void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows)
    {
        rows.Clear();
        if (IdTest.CannotPass(test, TraceId.HexLength))
            return;
        TraceIndex traces = table.Traces;
        var found = new List<int>();
        if (test.Literal is { } literal && TraceId.TryParse(literal, out TraceId id))
        {
            int trace = traces.Find(id);
            if (trace >= 0)
                traces.AddRows(trace, found);
        }
        else
        {
            for (int trace = 0; trace < traces.Count; trace++)
            {
                if (test.Passes(AttributeValue.From(traces.IdOf(trace).ToString())))
                    traces.AddRows(trace, found);
            }
        }
        foreach (int row in found)
            rows.Set(row);
    }
}

/// <summary>Ids that stand as bytes in a column: those of links.</summary>
internal sealed class StoredIdSource(Func<SpanTable, FixedBytesColumn> column) : FieldSource
{
    public override SearchCost CostOf(ValueTest? test) => test is { Literal: null } ? SearchCost.Rows : SearchCost.Values;

    public override bool CannotPass(SpanTable table, ValueTest test) => IdTest.CannotPass(test, column(table).Width * 2);

    public override void FindPresent(SpanTable table, RowBitmap among, RowBitmap rows) => rows.SetAll();

    public override void FindPassing(SpanTable table, ValueTest test, RowBitmap among, RowBitmap rows)
    {
        FixedBytesColumn ids = column(table);
        if (IdTest.CannotPass(test, ids.Width * 2))
            rows.Clear();
        else if (test.Literal is { } literal)
            ids.EqualTo(Convert.FromHexString(literal), rows);
        else
            EachRow.Find(among, rows, row => test.Passes(AttributeValue.From(Convert.ToHexStringLower(ids[row]))));
    }
}

/// <summary>What can be said about a comparison with an id before any is looked at.</summary>
internal static class IdTest
{
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Ids are compared by their text, which is lower-case hex of one length.</summary>
    public static bool CannotPass(ValueTest test, int digits) =>
        !test.TakesTexts || (test.Literal is { } literal && (literal.Length != digits || literal.AsSpan().ContainsAnyExcept(Digits)));
}
