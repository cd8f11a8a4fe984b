using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Clew.Server.Hosting;

/// <summary>Makes the policy of cross-origin requests from the options.</summary>
internal static class CorsPolicies
{
    /// <summary>Any method and header from the allowed origins, never with credentials.</summary>
    public static void Allow(this CorsPolicyBuilder policy, Configuration.CorsOptions options) =>
        policy.WithOrigins([.. options.AllowedOrigins]).AllowAnyHeader().AllowAnyMethod();
}
