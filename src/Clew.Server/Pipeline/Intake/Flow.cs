namespace Clew.Server.Pipeline.Intake;

/// <summary>Spans of one service that one kind of client sends to one receiver.</summary>
/// <param name="Receiver">One of <see cref="ReceiverName"/>.</param>
/// <param name="Service">Empty when the spans name none.</param>
/// <param name="Client">What sends them.</param>
/// <param name="Spans">Stored since the start.</param>
/// <param name="FirstNs">Unix nanoseconds when the first were stored.</param>
/// <param name="LastNs">Unix nanoseconds when the last were stored.</param>
internal sealed record Flow(string Receiver, string Service, ClientLibrary Client, long Spans, long FirstNs, long LastNs);
