using System.CommandLine;
using Clew.Server.Configuration;
using Clew.Server.Hosting;
using Clew.Storage;
using Clew.Storage.Segments;
using Clew.Storage.Segments.Files;
using Microsoft.AspNetCore.Connections;

namespace Clew.Server.Commands;

/// <summary><c>clew serve</c>: receives, keeps and shows spans until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandContext context)
    {
        var settings = new SettingOptions();
        var command = new Command("serve", "Receive, keep and show spans. This is what 'clew' alone does.");
        settings.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(settings.Read(parsed, context).Options, context, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ClewOptions options, CommandContext context, CancellationToken cancellationToken)
    {
        if (PortConflict.Find(options.Listen) is { Count: > 0 } conflicts)
        {
            context.WriteErrors(conflicts);
            return ExitCode.Failure;
        }
        var incidents = new StoreIncidents();
        ISpanStore store;
        try
        {
            store = await context.OpenStore(options.Store, incidents, cancellationToken);
        }
        catch (Exception error) when (error is DirectoryLockedException or StoreVersionException or StoreIoException)
        {
            context.WriteErrors(error.Message);
            return ExitCode.Failure;
        }
        catch (OperationCanceledException)
        {
            context.Output.WriteLine("Stopped while opening the store.");
            return ExitCode.Success;
        }
        await using (store)
            return await RunAsync(options, store, incidents, context, cancellationToken);
    }

    private static async Task<int> RunAsync(ClewOptions options, ISpanStore store, StoreIncidents incidents, CommandContext context, CancellationToken cancellationToken)
    {
        IHost host = ClewHost.Build(WithArchive(options), store);
        await using var disposal = (IAsyncDisposable)host;
        incidents.Attach(host.Services.GetRequiredService<ILogger<StoreIncidents>>());
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (Exception error) when (error is ListenException || error is IOException { InnerException: AddressInUseException })
        {
            context.WriteErrors(error.Message);
            return ExitCode.Failure;
        }
        catch (ConfigurationException error)
        {
            context.WriteErrors(error.Errors);
            return ExitCode.Failure;
        }
        catch (OperationCanceledException)
        {
            context.Output.WriteLine("Stopped while starting.");
            return ExitCode.Success;
        }
        Banner.Write(context.Output, options, host.Services.GetRequiredService<BoundListeners>());
        var serviceManager = new ServiceManager(context.Environment);
        serviceManager.Notify(ServiceManager.Ready);
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(
            () => serviceManager.Notify(ServiceManager.Stopping));

        try
        {
            await host.WaitForShutdownAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            context.WriteErrors($"stopped: work still in flight after {ClewHost.ShutdownTimeout.TotalSeconds} s was cut off");
            return ExitCode.Failure;
        }
        context.Output.WriteLine("Stopped: requests in flight have been answered.");
        return ExitCode.Success;
    }

    // Archived traces are as durable as the others, and move with them.
    private static ClewOptions WithArchive(ClewOptions options) => options.Archive.Directory.Length > 0 || options.Store.Type == StoreOptions.Memory
        ? options
        : options with { Archive = options.Archive with { Directory = Path.Combine(options.Store.ResolveDirectory(), "archive") } };
}
