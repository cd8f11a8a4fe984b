using Clew.Tracing.Messaging;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Clew.Tracing.Propagation;

/// <summary>
/// Headers whose names begin with a prefix. A propagator is only given a way to ask for one name, so this works for carriers it can go through:
/// requests of ASP.NET Core and of HttpClient, and dictionaries of strings, bytes or objects.
/// </summary>
internal static class PrefixedHeaders
{
    private const int MaxHeaders = 1024;

    public static void CollectJaegerBaggage(object? carrier, ref BaggageList list)
    {
        switch (carrier)
        {
            case HttpRequest request:
                CollectJaegerBaggage(request.Headers, ref list);
                break;
            case IEnumerable<KeyValuePair<string, StringValues>> headers:
                foreach ((string name, StringValues value) in headers.Take(MaxHeaders))
                    Add(name, value.ToString(), ref list);
                break;
            case HttpRequestMessage request:
                foreach ((string name, IEnumerable<string> values) in request.Headers.Take(MaxHeaders))
                    Add(name, JoinedValues.Of(values), ref list);
                break;
            case IEnumerable<KeyValuePair<string, string>> texts:
                foreach ((string name, string value) in texts.Take(MaxHeaders))
                    Add(name, value, ref list);
                break;
            case IEnumerable<KeyValuePair<string, object?>> headers:
                foreach ((string name, object? value) in headers.Take(MaxHeaders))
                    Add(name, MessageHeaders.Text(value), ref list);
                break;
            case IEnumerable<KeyValuePair<string, byte[]>> headers:
                foreach ((string name, byte[] value) in headers.Take(MaxHeaders))
                    Add(name, MessageHeaders.Text(value), ref list);
                break;
        }
    }

    private static void Add(string name, string? value, ref BaggageList list)
    {
        if (value is { Length: <= BaggageList.MaxLength } && name.Length > JaegerBaggage.Prefix.Length && name.StartsWith(JaegerBaggage.Prefix, StringComparison.OrdinalIgnoreCase))
            list.Add(name.AsSpan(JaegerBaggage.Prefix.Length), JaegerBaggage.DecodeValue(value));
    }
}
