using Clew.Server.Configuration;

namespace Clew.Server.Hosting;

/// <summary>Lets web pages of the configured origins send spans (browser SDKs) and ask questions.</summary>
internal static class Cors
{
    /// <summary>How long a browser remembers a preflight answer; longer than this Chromium does not.</summary>
    private static readonly TimeSpan PreflightMaxAge = TimeSpan.FromHours(2);

    public static IServiceCollection AddClewCors(this IServiceCollection services, CorsOptions options) => services.AddCors(cors => cors.AddDefaultPolicy(policy =>
    {
        policy.AllowAnyHeader().AllowAnyMethod().SetPreflightMaxAge(PreflightMaxAge);
        if (options.AllowedOrigins is ["*"])
            policy.AllowAnyOrigin();
        else
            policy.WithOrigins([.. options.AllowedOrigins]);
    }));
}
