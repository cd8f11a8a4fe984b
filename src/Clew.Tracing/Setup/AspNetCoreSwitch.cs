namespace Clew.Tracing.Setup;

/// <summary>
/// Lets ASP.NET Core 10 give method, path and address when it starts a request's span, where samplers see them. Off unless asked for in that version. It has to be set before the
/// host is built; an application's own setting stays.
/// </summary>
internal static class AspNetCoreSwitch
{
    private const string Name = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    public static void Set()
    {
        if (!AppContext.TryGetSwitch(Name, out _))
            AppContext.SetSwitch(Name, false);
    }
}
