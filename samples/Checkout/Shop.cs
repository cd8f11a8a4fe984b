using System.Diagnostics;

namespace Checkout;

/// <summary>A checkout through seven services: calls in sequence and side by side, a retry after a failure, a message, a link back.</summary>
internal sealed class Shop(Fleet fleet, Random random)
{
    public async Task PlaceOrderAsync(int order)
    {
        Activity.Current = null;
        using Activity request = Start("gateway", "POST /api/checkout", ActivityKind.Server);
        request.SetTag("http.request.method", "POST").SetTag("http.route", "/api/checkout").SetTag("customer.tier", order % 5 == 0 ? "gold" : "standard");
        using (Start("gateway", "auth.verify"))
            await Work(2);
        using (Call("gateway", "cart", "CartService/GetCart"))
        {
            for (int item = 0; item < 3; item++)
            {
                using Activity read = Start("cart", "HGETALL", ActivityKind.Client);
                read.SetTag("db.system.name", "redis").SetTag("peer.service", "redis");
                await Work(1);
            }
        }
        using (Call("gateway", "checkout", "CheckoutService/PlaceOrder"))
        {
            await Task.WhenAll(ReserveAsync(order), QuoteAsync());
            bool paid = await PayAsync(order);
            Publish(request.Context);
            request.SetTag("http.response.status_code", paid ? 200 : 502);
            if (!paid)
                request.SetStatus(ActivityStatusCode.Error, "payment failed");
        }
    }

    private async Task ReserveAsync(int order)
    {
        using RpcCall reserve = Call("checkout", "inventory", "InventoryService/Reserve");
        reserve.Server.SetTag("order.id", $"ord-{order:D5}");
        for (int line = 0; line < 4; line++)
        {
            using Activity query = Start("inventory", "SELECT stock FOR UPDATE", ActivityKind.Client);
            query.SetTag("db.system.name", "postgresql").SetTag("peer.service", "postgresql").SetTag("db.query.text", "SELECT qty FROM stock WHERE sku = $1 FOR UPDATE");
            await Work(2);
        }
    }

    private async Task QuoteAsync()
    {
        using RpcCall quote = Call("checkout", "pricing", "PricingService/Quote");
        quote.Server.SetTag("pricing.rules", new[] { "base", "loyalty" });
        await Work(4);
    }

    private async Task<bool> PayAsync(int order)
    {
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            using RpcCall call = Call("checkout", "payment", "PaymentService/Authorize");
            Activity pay = call.Server;
            pay.SetTag("payment.attempt", attempt).SetTag("payment.amount", 129.90 + order).SetTag("payment.provider", "cardnet");
            pay.AddEvent(new ActivityEvent("request.sent"));
            await Work(8);
            if (random.NextDouble() > 0.35)
                return true;
            pay.AddException(new TimeoutException("upstream did not answer within 485 ms"));
            pay.SetStatus(ActivityStatusCode.Error, "504 from cardnet");
        }
        return false;
    }

    private void Publish(ActivityContext request)
    {
        using Activity publish = Start("checkout", "orders publish", ActivityKind.Producer);
        publish.SetTag("messaging.system", "rabbitmq");
        using Activity consume = fleet["mailer"].StartActivity(ActivityKind.Consumer, publish.Context, links: [new ActivityLink(request)], name: "orders process")!;
        consume.SetTag("messaging.system", "rabbitmq");
    }

    /// <summary>A client span of the caller around a server span of the callee.</summary>
    private RpcCall Call(string caller, string callee, string operation) => new(fleet[caller], fleet[callee], callee, operation);

    private Activity Start(string service, string name, ActivityKind kind = ActivityKind.Internal) => fleet[service].StartActivity(name, kind)!;

    private Task Work(int milliseconds) => Task.Delay(milliseconds + random.Next(milliseconds + 1));
}
