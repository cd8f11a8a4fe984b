using System.Buffers;
using System.Text;
using Clew.Model;
using Clew.Storage.Segments;

namespace Clew.Bench;

/// <summary>Columns of the shapes spans have, and how many bytes a value of each takes when stored. The same values on every run.</summary>
internal static class ColumnCases
{
    /// <summary>A head's worth.</summary>
    public const int RowCount = 65_536;

    private const long StartNs = 1_795_000_000_000_000_000;

    public static string ReportSizes()
    {
        var random = new Random(1);
        var report = new StringBuilder($"Bytes a value, framing included, {RowCount} rows in trace order (traces of 8):\n");
        long traceStart = StartNs;
        Line("start time, 10 s in trace order", ColumnOf((builder, row) =>
        {
            // A child starts up to 2 ms after the span before it; traces come in the order of their ids, which is none.
            traceStart = row % 8 == 0 ? StartNs + random.NextInt64(10_000_000_000) : traceStart + random.Next(2_000_000);
            builder.Add(row, traceStart);
        }));
        Line("duration, lognormal", ColumnOf((builder, row) => builder.Add(row, (long)(1_000_000 * Math.Exp(2 * Normal(random))))));
        Line("status code, integer", ColumnOf((builder, row) => builder.Add(row, random.Next(100) == 0 ? 500L : 200L)));
        Line("thread id, 64", ColumnOf((builder, row) => builder.Add(row, (long)random.Next(64))));
        Line("boolean", ColumnOf((builder, row) => builder.Add(row, random.Next(2) == 0)));
        Line("ratio, double", ColumnOf((builder, row) => builder.Add(row, random.NextDouble())));
        Line("name, 50 texts", Texts(row => $"GET /api/shop/{random.Next(50)}/items"));
        Line("peer address, 2,048", Texts(_ => $"10.0.{random.Next(8)}.{random.Next(256)}"));
        Line("user id of 1 M", Texts(_ => $"user-{random.Next(1_000_000)}"));
        Line("URL, each its own", Texts(_ => $"https://shop.example/api/cart/{random.Next(1_000_000)}/items?page={random.Next(10)}"));
        Line("uuid, each its own", Texts(_ => new Guid(random.GetItems(AllBytes, 16)).ToString()));
        Line("uuid, one a trace", Traces(random, _ => new Guid(random.GetItems(AllBytes, 16)).ToString()));
        Line("32 hex digits, each its own", Texts(_ => random.GetHexString(32, lowercase: true)));
        Line("decimal text, of 1 M", Texts(_ => random.Next(1_000_000).ToString()));
        Line("text on 1 row in 2", Texts(row => row % 2 == 0 ? $"value {random.Next(100)}" : null));
        Line("text on 1 row in 1,000", Texts(_ => random.Next(1000) == 0 ? $"value {random.Next(100)}" : null));
        return report.ToString();

        void Line(string name, AttributeColumn column)
        {
            var output = new ArrayBufferWriter<byte>();
            column.WriteTo(new ColumnWriter(output));
            int values = 0;
            foreach (AttributePart part in column.Parts)
                values += part.Presence.Count;
            report.AppendLine($"  {name,-32} {(double)output.WrittenCount / values,6:F2} a value {(double)output.WrittenCount / RowCount,6:F2} a row");
        }
    }

    private static readonly byte[] AllBytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    private static AttributeColumn Traces(Random random, Func<int, string> value)
    {
        string current = "";
        return Texts(row => current = row % 8 == 0 ? value(random.Next()) : current);
    }

    private static AttributeColumn Texts(Func<int, string?> value) => ColumnOf((builder, row) =>
    {
        if (value(row) is { } text)
            builder.TryAdd(row, AttributeType.String, Encoding.UTF8.GetBytes(text));
    });

    private static AttributeColumn ColumnOf(Action<AttributeColumnBuilder, int> add)
    {
        var builder = new AttributeColumnBuilder(ColumnPlace.Alone());
        for (int row = 0; row < RowCount; row++)
            add(builder, row);
        int[] rows = [.. Enumerable.Range(0, RowCount)];
        return AttributeUnion.Unite([new Placed<AttributeColumn>(builder.Snapshot(RowCount), rows)], RowCount);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
