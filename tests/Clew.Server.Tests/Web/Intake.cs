using Clew.Server.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Clew.Server.Tests.Web;

/// <summary>An intake that always says the same.</summary>
internal sealed record Intake(double SpansPerSecond, long RefusedTotal) : IIntakeRates;

internal static class IntakeServices
{
    public static void AddIntake(this IServiceCollection services, Intake intake) => services.AddSingleton<IIntakeRates>(intake);
}
