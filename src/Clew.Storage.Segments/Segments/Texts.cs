using System.Text;

namespace Clew.Storage.Segments.Segments;

internal static class Texts
{
    public static string Of(ValueColumn column, int row) => Encoding.UTF8.GetString(column.Get(row, stackalloc byte[TextShape.TextBytesMax]));
}
