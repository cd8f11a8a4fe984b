using Clew.Tracing.ZeroCode;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: HostingStartup(typeof(ClewHostingStartup))]

namespace Clew.Tracing.ZeroCode;

/// <summary>
/// Turns tracing on in a web application that names this assembly in ASPNETCORE_HOSTINGSTARTUPASSEMBLIES, without a line of code. A program that calls
/// <see cref="ClewTracingServiceExtensions"/> as well is still traced once.
/// </summary>
public sealed class ClewHostingStartup : IHostingStartup
{
    /// <inheritdoc/>
    public void Configure(IWebHostBuilder builder) =>
        builder.ConfigureServices(static (context, services) => services.AddClewTracing(context.Configuration));
}
