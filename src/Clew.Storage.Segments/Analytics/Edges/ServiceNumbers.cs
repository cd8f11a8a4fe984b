using Clew.Model;

namespace Clew.Storage.Segments.Analytics;

/// <summary>Numbers for the names of services, so that names are compared and counted as numbers. One thread at a time.</summary>
internal sealed class ServiceNumbers
{
    /// <summary>Stands for a service that is not known.</summary>
    public const int None = -1;

    private readonly Dictionary<string, int> numbers = [];
    private readonly List<string> names = [];

    public string this[int number] => names[number];

    /// <summary><see cref="None"/> for what names no service.</summary>
    public int Of(string? name)
    {
        if (name is null or "" or AttributeKeys.UnknownService)
            return None;
        if (!numbers.TryGetValue(name, out int number))
        {
            numbers.Add(name, number = names.Count);
            names.Add(name);
        }
        return number;
    }
}
