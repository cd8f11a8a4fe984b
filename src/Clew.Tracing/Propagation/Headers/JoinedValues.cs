using Microsoft.Extensions.Primitives;

namespace Clew.Tracing.Propagation;

internal static class JoinedValues
{
    private const int MaxValues = 64;

    /// <summary>Null for none; the one value itself, without a copy, where the collection can be indexed.</summary>
    public static string? Of(IEnumerable<string> values) => values switch
    {
        // What ASP.NET Core's headers and most getters give, by their exact types, which are quicker to ask for than an interface.
        string[] { Length: <= 1 } array => array.Length == 0 ? null : array[0],
        StringValues { Count: <= 1 } one => (string?)one,
        IList<string> { Count: 0 } => null,
        IList<string> { Count: 1 } list => list[0],
        _ => Join(values),
    };

    private static string? Join(IEnumerable<string> values)
    {
        string joined = string.Join(',', values.Take(MaxValues));
        return joined.Length == 0 ? null : joined;
    }
}
