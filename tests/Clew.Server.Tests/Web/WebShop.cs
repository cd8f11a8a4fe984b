using Clew.Model;
using Clew.Storage;

namespace Clew.Server.Tests.Web;

/// <summary>The web shop of the design: a checkout through twelve services with a failed payment, and an hour of traffic like it.</summary>
internal static class WebShop
{
    public static readonly TraceId CheckoutId = TraceId.Parse("4bf92f3577b34da6");

    /// <summary>2.31 s, four failed spans, two whose parent never came.</summary>
    public static TraceSketch Checkout(TraceId id, long startNs, double slower = 1, bool failing = true, bool incomplete = true)
    {
        var t = new TraceSketch(id, startNs);
        double S(double ms) => ms * slower;
        SpanId root = t.Add("gateway", "POST /api/checkout", 0, S(1843), default, SpanKind.Server, attributes: [("http.request.method", "POST"), ("http.response.status_code", 200), ("url.path", "/api/checkout"), ("customer.tier", "gold")]);
        SpanId verify = t.Add("gateway", "auth.verify", S(1.1), S(7.8), root);
        t.Add("gateway", "GET jwks", S(2), S(2), verify, SpanKind.Client, attributes: [("db.system", "redis")]);
        SpanId call = t.Add("gateway", "POST /checkout", S(10.2), S(1829), root, SpanKind.Client, attributes: [("peer.service", "storefront")]);
        SpanId front = t.Add("storefront", "POST /checkout", S(13), S(1822), call, SpanKind.Server);
        SpanId session = t.Add("storefront", "session.load", S(13.4), S(5.4), front);
        t.Add("storefront", "GET", S(14), S(3.9), session, SpanKind.Client, attributes: [("db.system", "redis")]);
        Cart(t, front, S, failing);
        SpanId checkout = t.Add("checkout", "CheckoutService/PlaceOrder", S(95.5), S(1715), front, SpanKind.Server, attributes: [("order.id", "ord-48211"), ("customer.tier", "gold")]);
        t.Add("checkout", "order.validate", S(96), S(5.8), checkout);
        Inventory(t, checkout, S);
        Fraud(t, checkout, S);
        Payment(t, checkout, S, failing);
        t.Add("checkout", "INSERT orders", S(1724), S(12.9), checkout, SpanKind.Client, attributes: [("db.system", "postgresql"), ("db.query.text", "INSERT INTO orders (id, customer, total) VALUES ($1, $2, $3)")]);
        for (int i = 0; i < 6; i++)
            t.Add("checkout", "INSERT order_items", S(1738 + 5.9 * i), S(5.6), checkout, SpanKind.Client, attributes: [("db.system", "postgresql")]);
        t.Add("checkout", "COMMIT", S(1778), S(11.4), checkout, SpanKind.Client, attributes: [("db.system", "postgresql")]);
        Orders(t, checkout, S, incomplete);
        SpanId recommend = t.Add("recommend", "RecommendService/ForOrder", S(1812), S(12.7), front, SpanKind.Server);
        for (int i = 0; i < 7; i++)
            t.Add("recommend", "GET item", S(1812.5 + 1.6 * i), S(1.5), recommend, SpanKind.Client, error: failing && i == 5 ? "cache miss" : null, attributes: [("db.system", "redis")]);
        t.Add("storefront", "page.render", S(1827), S(7.2), front);
        return t;
    }

    /// <summary>Traces over the last hour, some of them failed, in a third of the time more slowly.</summary>
    public static async Task FillAsync(ISpanStore store, long nowNs, int traces)
    {
        var random = new Random(17);
        await Checkout(CheckoutId, nowNs - 180_000_000_000).StoreAsync(store);
        for (int i = 1; i < traces; i++)
        {
            double back = random.NextDouble();
            bool troubled = back is > 0.18 and < 0.43;
            double slower = Math.Exp(random.NextDouble() * 1.2 - 1.2) * (troubled ? 1.6 : 0.8);
            bool failing = random.NextDouble() < (troubled ? 0.3 : 0.04);
            var id = new TraceId((ulong)random.NextInt64(), (ulong)random.NextInt64());
            long startNs = nowNs - (long)(back * 3_590e9);
            TraceSketch trace = (i % 5) switch
            {
                0 => Express(id, startNs, slower, failing),
                4 when i % 3 == 0 => Expire(id, startNs, slower),
                _ => Checkout(id, startNs, slower, failing, incomplete: false),
            };
            await trace.StoreAsync(store);
        }
    }

    private static TraceSketch Express(TraceId id, long startNs, double slower, bool failing)
    {
        var t = new TraceSketch(id, startNs);
        SpanId root = t.Add("storefront", "POST /checkout/express", 0, 734 * slower, default, SpanKind.Server, failing ? "payment declined" : null, [("http.response.status_code", failing ? 502 : 200)]);
        SpanId checkout = t.Add("checkout", "CheckoutService/PlaceOrder", 4, 700 * slower, root, SpanKind.Server);
        t.Add("inventory", "InventoryService/Reserve", 10, 120 * slower, checkout, SpanKind.Server);
        t.Add("pricing", "PricingService/Quote", 140 * slower, 30 * slower, checkout, SpanKind.Server);
        t.Add("fraud", "FraudService/Score", 180 * slower, 90 * slower, checkout, SpanKind.Server);
        t.Add("payment", "PaymentService/Authorize", 280 * slower, 390 * slower, checkout, SpanKind.Server, failing ? "declined" : null);
        return t;
    }

    private static TraceSketch Expire(TraceId id, long startNs, double slower)
    {
        var t = new TraceSketch(id, startNs);
        SpanId root = t.Add("checkout", "orders.expire", 0, 3000 * slower);
        for (int i = 0; i < 60; i++)
            t.Add(i % 3 == 0 ? "mailer" : "inventory", i % 3 == 0 ? "orders process" : "InventoryService/Release", i * 48 * slower, 40 * slower, root, SpanKind.Consumer);
        return t;
    }

    private static void Cart(TraceSketch t, SpanId front, Func<double, double> s, bool failing)
    {
        SpanId cart = t.Add("cart", "CartService/GetCart", s(23), s(62), front, SpanKind.Server);
        t.Add("cart", "HGETALL", s(23.6), s(3.6), cart, SpanKind.Client, attributes: [("db.system", "redis")]);
        SpanId catalog = t.Add("catalog", "CatalogService/GetProducts", s(30), s(33), cart, SpanKind.Server);
        for (int i = 0; i < 30; i++)
        {
            SpanId product = t.Add("catalog", "product.load", s(30.5 + i * 1.0), s(1.9 + i % 3), catalog);
            t.Add("catalog", "SELECT products", s(30.8 + i * 1.0), s(1.2), product, SpanKind.Client, error: failing && i == 12 ? "deadlock detected" : null, attributes: [("db.system", "postgresql"), ("db.response.status_code", "40P01")]);
        }
        SpanId pricing = t.Add("pricing", "PricingService/Quote", s(69), s(10.9), cart, SpanKind.Server);
        t.Add("pricing", "SELECT promotions", s(70), s(4.6), pricing, SpanKind.Client, attributes: [("db.system", "postgresql")]);
        t.Add("pricing", "rules.evaluate", s(75), s(4.6), pricing);
    }

    private static void Inventory(TraceSketch t, SpanId checkout, Func<double, double> s)
    {
        SpanId reserve = t.Add("inventory", "InventoryService/Reserve", s(108), s(239), checkout, SpanKind.Server);
        t.Add("inventory", "BEGIN", s(109), s(1.2), reserve, SpanKind.Client, attributes: [("db.system", "postgresql")]);
        for (int i = 0; i < 8; i++)
            t.Add("inventory", "SELECT stock FOR UPDATE", s(112 + 25 * i), s(24), reserve, SpanKind.Client, attributes: [("db.system", "postgresql")]);
        t.Add("inventory", "UPDATE stock", s(316), s(12.6), reserve, SpanKind.Client, attributes: [("db.system", "postgresql")]);
        t.Add("inventory", "COMMIT", s(330), s(16.4), reserve, SpanKind.Client, attributes: [("db.system", "postgresql")]);
    }

    private static void Fraud(TraceSketch t, SpanId checkout, Func<double, double> s)
    {
        SpanId score = t.Add("fraud", "FraudService/Score", s(368), s(281), checkout, SpanKind.Server);
        SpanId features = t.Add("fraud", "features.fetch", s(369), s(72), score);
        t.Add("fraud", "MGET", s(371), s(11), features, SpanKind.Client, attributes: [("db.system", "redis")]);
        t.Add("fraud", "SELECT order history", s(384), s(52), features, SpanKind.Client, attributes: [("db.system", "postgresql")]);
        t.Add("fraud", "model.predict", s(443), s(199), score, events: [t.Event(s(446), "model.loaded", ("model.version", "2026-10"))]);
    }

    private static void Payment(TraceSketch t, SpanId checkout, Func<double, double> s, bool failing)
    {
        SpanId authorize = t.Add("checkout", "payment.authorize", s(655), s(1067), checkout);
        SpanId first = t.Add("payment", "PaymentService/Authorize", s(660), s(501), authorize, SpanKind.Server, failing ? "upstream gateway unavailable" : null, [("rpc.grpc.status_code", failing ? "UNAVAILABLE" : "OK"), ("payment.attempt", 1)]);
        t.Add("payment", "card.decrypt", s(661), s(7), first);
        t.Add("payment", "POST /v1/charges", s(670), s(489), first, SpanKind.Client, failing ? "504 from cardnet after 488 ms" : null,
            [
                ("http.request.method", "POST"), ("http.response.status_code", failing ? 504 : 200), ("url.full", "https://api.cardnet.example/v1/charges"), ("server.address", "api.cardnet.example"), ("server.port", 443),
                ("error.type", "504"), ("peer.service", "cardnet"), ("payment.provider", "cardnet"), ("payment.amount", 12990), ("payment.currency", "EUR"), ("payment.retryable", true), ("customer.tier", "gold"),
                ("payment.request", """{"idempotency_key":"ord-48211-1","capture":false,"card":{"brand":"visa","last4":"4242"}}"""),
            ],
            failing ? [t.Event(s(673.2), "connection.acquired", ("pool.wait_ms", 3)), t.Event(s(673.9), "request.sent", ("bytes", 612)), t.Event(s(1159), "exception", ("exception.type", "GatewayTimeoutException"), ("exception.message", "upstream did not answer within 485 ms"), ("exception.stacktrace", string.Join('\n', Enumerable.Range(1, 42).Select(i => $"at shop.payment.Frame{i}.run(Frame{i}.java:{i * 7})"))))] : [],
            [new SpanLink(TraceId.Parse("9d1c77e0aa114c21b20417fa00c1a2b3"), SpanId.Parse("1fe25dad00112233")) { Attributes = new AttributeList(new KeyValue("opentracing.ref_type", AttributeValue.From("follows_from"))) }]);
        t.Change(span => span with { DroppedAttributesCount = 1, DroppedEventsCount = 2 });
        t.Add("checkout", "retry.wait", s(1164), s(100), authorize);
        SpanId second = t.Add("payment", "PaymentService/Authorize", s(1291), s(414), authorize, SpanKind.Server, attributes: [("payment.attempt", 2)]);
        t.Add("payment", "card.decrypt", s(1292), s(6.2), second);
        t.Add("payment", "POST /v1/charges", s(1300), s(385), second, SpanKind.Client, attributes: [("peer.service", "cardnet"), ("http.response.status_code", 201)], events: [t.Event(s(1301), "request.sent")]);
        t.Add("payment", "INSERT payments", s(1687), s(15.8), second, SpanKind.Client, attributes: [("db.system", "postgresql")]);
    }

    private static void Orders(TraceSketch t, SpanId checkout, Func<double, double> s, bool incomplete)
    {
        SpanId publish = t.Add("checkout", "orders publish", s(1790), s(6.5), checkout, SpanKind.Producer, attributes: [("messaging.system", "rabbitmq")]);
        SpanId shipping = t.Add("shipping", "orders process", s(1850), s(456), publish, SpanKind.Consumer);
        t.Add("shipping", "SELECT address", s(1852), s(9), shipping, SpanKind.Client, attributes: [("db.system", "postgresql")]);
        for (int i = 0; i < 3; i++)
            t.Add("shipping", "GET /rates", s(1864 + i), s(120 + 75 * i), shipping, SpanKind.Client, attributes: [("peer.service", "parcelhub")]);
        t.Add("shipping", "INSERT shipments", s(2146), s(12.4), shipping, SpanKind.Client, attributes: [("db.system", "postgresql")]);
        t.Add("shipping", "label.render", s(2160), s(141), shipping);
        SpanId mailer = t.Add("mailer", "orders process", s(1858), s(356), publish, SpanKind.Consumer);
        t.Add("mailer", "template.render", s(1860), s(42), mailer);
        t.Add("mailer", "SMTP send", s(1905), s(304), mailer, SpanKind.Client, attributes: [("peer.service", "smtp")]);
        if (!incomplete)
            return;
        var lost = new SpanId(0x7c1f09be11223344);
        t.Add("shipping", "label.barcode", s(2171), s(37), lost);
        t.Add("shipping", "label.address", s(2210), s(52), lost);
    }
}
