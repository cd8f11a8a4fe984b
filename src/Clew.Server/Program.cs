using Clew.Server.Commands;
using Clew.Server.Hosting;

return await Cli.RunAsync(args, new()
{
    Output = Console.Out,
    Error = Console.Error,
    Environment = Environment.GetEnvironmentVariables(),
    WorkingDirectory = Environment.CurrentDirectory,
    OpenStore = StoreFactory.OpenAsync,
});
