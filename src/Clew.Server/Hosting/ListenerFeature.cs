using Microsoft.AspNetCore.Connections.Features;

namespace Clew.Server.Hosting;

/// <summary>Tells a request which listener it came in by, whatever its Host header says.</summary>
internal static class ListenerFeature
{
    private static readonly object Key = new();

    public static void Mark(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions listen, ListenerRole role) => listen.Use(next => connection =>
    {
        connection.Items[Key] = role;
        return next(connection);
    });

    public static ListenerRole? ListenerRole(this HttpContext context) =>
        context.Features.Get<IConnectionItemsFeature>()?.Items.TryGetValue(Key, out object? role) == true ? (ListenerRole?)role : null;
}
