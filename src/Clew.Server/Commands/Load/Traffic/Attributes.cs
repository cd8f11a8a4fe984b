using Clew.Model;

namespace Clew.Server.Commands.Load.Traffic;

/// <summary>Short forms.</summary>
internal static class Attributes
{
    public static KeyValue Text(string key, string value) => new(key, AttributeValue.From(value));

    public static KeyValue Number(string key, long value) => new(key, AttributeValue.From(value));

    public static KeyValue Flag(string key, bool value) => new(key, AttributeValue.From(value));
}
