namespace Clew.Server.Hosting;

/// <summary>A listener cannot be bound. The message is for the person who starts the server and names the setting to change.</summary>
internal sealed class ListenException(string message, Exception? inner = null) : Exception(message, inner);
