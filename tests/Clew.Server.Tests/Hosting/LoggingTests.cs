using Clew.Server.Configuration;
using Clew.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Clew.Server.Tests.Hosting;

public sealed class LoggingTests
{
    [Theory]
    [InlineData(LogFormat.Text, ConsoleFormatterNames.Simple)]
    [InlineData(LogFormat.Json, ConsoleFormatterNames.Json)]
    public void The_format_asked_for_is_the_one_written(object format, string formatter)
    {
        using ServiceProvider services = new ServiceCollection().AddClewLogging(new LogOptions { Format = (LogFormat)format }).BuildServiceProvider();
        Assert.Equal(formatter, services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
    }
}
