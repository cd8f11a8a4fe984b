using Clew.Model;

namespace Clew.Server.Commands.Load.Traffic;

/// <summary>A service: its processes and what it does.</summary>
/// <param name="Name">The value of <c>service.name</c>.</param>
/// <param name="Runtime">What it is written in.</param>
/// <param name="Processes">One resource for each process.</param>
/// <param name="Operations">By shape, at least one of each.</param>
/// <param name="OwnKeys">Keys of attributes that only this service uses.</param>
internal sealed record TrafficService(
    string Name, Runtime Runtime, Resource[] Processes, IReadOnlyDictionary<OperationShape, TrafficOperation[]> Operations, string[] OwnKeys);
