using System.Net.Sockets;
using Checkout;

// Usage: dotnet run --project samples/Checkout [orders] [endpoint]
int orders = args.Length > 0 ? int.Parse(args[0]) : 20;
var endpoint = new Uri(args.Length > 1 ? args[1] : "http://localhost:4317");

// The exporter keeps failures to itself; a server that is not there is worth a word before anything is made.
try
{
    using var probe = new TcpClient();
    await probe.ConnectAsync(endpoint.Host, endpoint.Port);
}
catch (SocketException problem)
{
    Console.Error.WriteLine($"Nothing listens at {endpoint}: {problem.Message}. Start ./clew first.");
    return 1;
}

using var fleet = new Fleet(endpoint);
var shop = new Shop(fleet, new Random(orders));
for (int order = 1; order <= orders; order++)
    await shop.PlaceOrderAsync(order);
fleet.Flush();
Console.WriteLine($"{orders} orders sent to {endpoint}");
return 0;
