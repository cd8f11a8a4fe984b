using System.Text;

namespace Clew.Server.Sampling.Adaptive;

/// <summary>Service and operation as one run of bytes, so that a span's own bytes can be looked up without making texts of them.</summary>
internal static class OperationKey
{
    /// <summary>Names that together are longer are not sampled adaptively.</summary>
    public const int BytesMax = 512;

    // Never part of UTF-8.
    private const byte Separator = 0xFF;

    /// <param name="service">UTF-8.</param>
    /// <param name="operation">UTF-8.</param>
    /// <param name="destination">At least <see cref="BytesMax"/> bytes.</param>
    /// <returns>The number of bytes written; 0 when a name is missing or both are too long.</returns>
    public static int Write(ReadOnlySpan<byte> service, ReadOnlySpan<byte> operation, Span<byte> destination)
    {
        int length = service.Length + 1 + operation.Length;
        if (service.IsEmpty || operation.IsEmpty || length > BytesMax)
            return 0;
        service.CopyTo(destination);
        destination[service.Length] = Separator;
        operation.CopyTo(destination[(service.Length + 1)..]);
        return length;
    }

    public static Operation Read(ReadOnlySpan<byte> key)
    {
        int separator = key.IndexOf(Separator);
        return new Operation(Encoding.UTF8.GetString(key[..separator]), Encoding.UTF8.GetString(key[(separator + 1)..]));
    }
}

/// <param name="Service">Name of the service.</param>
/// <param name="Name">Name of its root spans.</param>
internal readonly record struct Operation(string Service, string Name);
