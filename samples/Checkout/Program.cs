using Checkout;

// Usage: dotnet run --project samples/Checkout [orders] [endpoint]
int orders = args.Length > 0 ? int.Parse(args[0]) : 20;
var endpoint = new Uri(args.Length > 1 ? args[1] : "http://localhost:4317");

using var fleet = new Fleet(endpoint);
var shop = new Shop(fleet, new Random(orders));
for (int order = 1; order <= orders; order++)
    await shop.PlaceOrderAsync(order);
bool delivered = fleet.Flush();
Console.WriteLine(delivered ? $"{orders} orders sent to {endpoint}" : $"{endpoint} did not take everything: is the server running?");
return delivered ? 0 : 1;
