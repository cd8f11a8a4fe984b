using Clew.Storage.Segments.Files;

namespace Clew.Storage.Segments.Tests.Files;

/// <summary>The machine is off: this operation did not return, and none after it does.</summary>
internal sealed class PowerLossException(FileOperation operation, string path)
    : StoreIoException(operation.ToString(), path, "the power is gone");
