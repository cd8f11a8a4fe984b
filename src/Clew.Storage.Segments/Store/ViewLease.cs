namespace Clew.Storage.Segments.Store;

/// <summary>Keeps the files of a view open while somebody reads.</summary>
internal readonly struct ViewLease(StoreView view) : IDisposable
{
    public StoreView View => view;

    public void Dispose() => view.Release();
}
