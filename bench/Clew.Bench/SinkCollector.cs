using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Clew.Bench;

/// <summary>Takes every HTTP/1.1 POST and forgets it. Not Kestrel, whose requests would be traced by what is being measured.</summary>
internal sealed class SinkCollector : IDisposable
{
    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public SinkCollector()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1/traces");

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private static async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var reader = new StreamReader(client.GetStream(), Encoding.Latin1))
        {
            char[] body = new char[64 * 1024];
            int length = 0;
            try
            {
                while (await reader.ReadLineAsync() is { } line)
                {
                    if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                        length = int.Parse(line.AsSpan(15));
                    if (line.Length > 0)
                        continue;
                    for (; length > 0; length -= await reader.ReadAsync(body.AsMemory(0, Math.Min(length, body.Length))))
                    {
                    }
                    await client.GetStream().WriteAsync(Answer);
                }
            }
            catch (IOException)
            {
            }
        }
    }
}
