using System.Diagnostics;

namespace Clew.Tracing.Instrumentation;

/// <summary>Follows every listener of a name in the process, now and to come, until disposed.</summary>
internal sealed class ListenerSubscription : IObserver<DiagnosticListener>, IDisposable
{
    private readonly Lock gate = new();
    private readonly List<IDisposable> subscriptions = [];
    private readonly string name;
    private readonly IObserver<KeyValuePair<string, object?>> observer;
    private readonly Predicate<string> isWanted;
    private readonly IDisposable all;
    private bool isDisposed;

    public ListenerSubscription(string name, IObserver<KeyValuePair<string, object?>> observer, Predicate<string> isWanted)
    {
        this.name = name;
        this.observer = observer;
        this.isWanted = isWanted;
        all = DiagnosticListener.AllListeners.Subscribe(this);
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name != name)
            return;
        lock (gate)
        {
            if (!isDisposed)
                subscriptions.Add(value.Subscribe(observer, isWanted));
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        all.Dispose();
        lock (gate)
        {
            isDisposed = true;
            foreach (IDisposable subscription in subscriptions)
                subscription.Dispose();
            subscriptions.Clear();
        }
    }
}
