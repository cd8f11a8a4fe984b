using System.Collections.Frozen;
using System.Text;

namespace Clew.Server.Receivers.Grpc.Reflection;

/// <summary>One compiled .proto file.</summary>
/// <param name="Name">As it is imported.</param>
/// <param name="Imports">Names of the files it needs.</param>
/// <param name="Symbols">Full names of its messages, enumerations, services and methods.</param>
/// <param name="Bytes">The FileDescriptorProto (google/protobuf/descriptor.proto).</param>
internal sealed record DescriptorFile(string Name, IReadOnlyList<string> Imports, IReadOnlyList<string> Symbols, ReadOnlyMemory<byte> Bytes);

/// <summary>The interfaces the server speaks over gRPC, compiled from the .proto files beside this and embedded.</summary>
internal sealed class DescriptorCatalog
{
    private const string Resource = "grpc/descriptors.pb";

    private readonly FrozenDictionary<string, DescriptorFile> byName;
    private readonly FrozenDictionary<string, DescriptorFile> bySymbol;

    private DescriptorCatalog(IReadOnlyList<DescriptorFile> files)
    {
        byName = files.ToFrozenDictionary(static file => file.Name);
        bySymbol = files.SelectMany(static file => file.Symbols, static (file, symbol) => KeyValuePair.Create(symbol, file)).ToFrozenDictionary();
    }

    public static DescriptorCatalog Embedded { get; } = Load();

    /// <summary>A file and after it everything it needs, or null when there is none of this name.</summary>
    public IReadOnlyList<DescriptorFile>? FindFile(string name) => byName.TryGetValue(name, out DescriptorFile? file) ? WithImports(file) : null;

    /// <summary>The file that declares a message, enumeration, service or method, and after it everything it needs; or null.</summary>
    public IReadOnlyList<DescriptorFile>? FindSymbol(string symbol) => bySymbol.TryGetValue(symbol, out DescriptorFile? file) ? WithImports(file) : null;

    private List<DescriptorFile> WithImports(DescriptorFile first)
    {
        var files = new List<DescriptorFile> { first };
        for (int i = 0; i < files.Count; i++)
            files.AddRange(files[i].Imports.Select(name => byName[name]).Except(files).ToList());
        return files;
    }

    private static DescriptorCatalog Load()
    {
        using Stream stream = typeof(DescriptorCatalog).Assembly.GetManifestResourceStream(Resource)!;
        byte[] set = new byte[stream.Length];
        stream.ReadExactly(set);
        var files = new List<DescriptorFile>();
        var fields = new MessageFields(set);
        // FileDescriptorSet.file = 1.
        while (fields.TryRead(out int field, out ReadOnlySpan<byte> value))
        {
            if (field == 1)
                files.Add(ReadFile(value));
        }
        return new DescriptorCatalog(files);
    }

    /// <summary>FileDescriptorProto: 1 name, 2 package, 3 dependency, 4 message_type, 5 enum_type, 6 service.</summary>
    private static DescriptorFile ReadFile(ReadOnlySpan<byte> file)
    {
        string name = Text(file, 1);
        string prefix = Text(file, 2) is { Length: > 0 } package ? package + "." : "";
        var imports = new List<string>();
        var symbols = new List<string>();
        var fields = new MessageFields(file);
        while (fields.TryRead(out int field, out ReadOnlySpan<byte> value))
        {
            if (field == 3)
                imports.Add(Encoding.UTF8.GetString(value));
            else if (field == 4)
                AddMessage(symbols, prefix, value);
            else if (field == 5)
                symbols.Add(prefix + Text(value, 1));
            else if (field == 6)
                AddService(symbols, prefix, value);
        }
        return new DescriptorFile(name, imports, symbols, file.ToArray());
    }

    /// <summary>DescriptorProto: 1 name, 3 nested_type, 4 enum_type.</summary>
    private static void AddMessage(List<string> symbols, string prefix, ReadOnlySpan<byte> message)
    {
        string fullName = prefix + Text(message, 1);
        symbols.Add(fullName);
        var fields = new MessageFields(message);
        while (fields.TryRead(out int field, out ReadOnlySpan<byte> value))
        {
            if (field == 3)
                AddMessage(symbols, fullName + ".", value);
            else if (field == 4)
                symbols.Add($"{fullName}.{Text(value, 1)}");
        }
    }

    /// <summary>ServiceDescriptorProto: 1 name, 2 method; MethodDescriptorProto: 1 name.</summary>
    private static void AddService(List<string> symbols, string prefix, ReadOnlySpan<byte> service)
    {
        string fullName = prefix + Text(service, 1);
        symbols.Add(fullName);
        var fields = new MessageFields(service);
        while (fields.TryRead(out int field, out ReadOnlySpan<byte> value))
        {
            if (field == 2)
                symbols.Add($"{fullName}.{Text(value, 1)}");
        }
    }

    private static string Text(ReadOnlySpan<byte> message, int wanted)
    {
        var fields = new MessageFields(message);
        while (fields.TryRead(out int field, out ReadOnlySpan<byte> value))
        {
            if (field == wanted)
                return Encoding.UTF8.GetString(value);
        }
        return "";
    }
}
