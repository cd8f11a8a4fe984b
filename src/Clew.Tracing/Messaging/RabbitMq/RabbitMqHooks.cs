using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Clew.Tracing.Messaging.RabbitMq;

/// <summary>
/// The two places where RabbitMQ.Client 7 lets contexts be written and read (public static properties of <c>RabbitMQActivitySource</c>), by name: a package that every traced
/// program would have to carry for the sake of those with a queue is not worth three look-ups.
/// </summary>
internal sealed class RabbitMqHooks
{
    private readonly PropertyInfo injector;
    private readonly PropertyInfo extractor;
    private readonly MethodInvoker headersGetter;

    private RabbitMqHooks(PropertyInfo injector, PropertyInfo extractor, MethodInvoker headersGetter)
    {
        this.injector = injector;
        this.extractor = extractor;
        this.headersGetter = headersGetter;
    }

    public Delegate? Injector
    {
        get => (Delegate?)injector.GetValue(null);
        set => injector.SetValue(null, value);
    }

    public Delegate? Extractor
    {
        get => (Delegate?)extractor.GetValue(null);
        set => extractor.SetValue(null, value);
    }

    /// <summary>Null where the program has no RabbitMQ.Client, or one whose hooks are others.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A client that was trimmed away has no messages to trace; names found missing turn the hooks off.")]
    public static RabbitMqHooks? Find()
    {
        var source = Type.GetType("RabbitMQ.Client.RabbitMQActivitySource, RabbitMQ.Client", throwOnError: false);
        var properties = Type.GetType("RabbitMQ.Client.IReadOnlyBasicProperties, RabbitMQ.Client", throwOnError: false);
        PropertyInfo? injector = source?.GetProperty("ContextInjector");
        PropertyInfo? extractor = source?.GetProperty("ContextExtractor");
        MethodInfo? headers = properties?.GetProperty("Headers")?.GetMethod;
        // A reader of any object is a reader of the client's properties too (delegates take less derived arguments).
        bool isKnown = injector?.PropertyType == typeof(Action<Activity, IDictionary<string, object?>>)
            && extractor?.PropertyType.IsAssignableFrom(typeof(Func<object, ActivityContext>)) == true
            && headers?.ReturnType == typeof(IDictionary<string, object?>);
        return isKnown ? new RabbitMqHooks(injector!, extractor!, MethodInvoker.Create(headers!)) : null;
    }

    /// <summary>Asks another extractor, whose argument is the client's type of properties.</summary>
    public static ActivityContext Extract(Delegate? extractor, object properties) => extractor?.DynamicInvoke(properties) is ActivityContext context ? context : default;

    public IDictionary<string, object?>? HeadersOf(object properties) => (IDictionary<string, object?>?)headersGetter.Invoke(properties);
}
