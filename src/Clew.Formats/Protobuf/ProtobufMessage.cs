namespace Clew.Formats.Protobuf;

/// <summary>The names of a message and its fields, so that errors can say what was being read.</summary>
internal sealed class ProtobufMessage
{
    private readonly string name;
    private readonly string?[] fieldNames;

    public ProtobufMessage(string name, params (int Number, string Name)[] fields)
    {
        this.name = name;
        fieldNames = new string?[fields.Length == 0 ? 0 : fields.Max(field => field.Number) + 1];
        foreach ((int number, string field) in fields)
            fieldNames[number] = field;
    }

    public bool Knows(uint fieldNumber) => fieldNumber < fieldNames.Length && fieldNames[fieldNumber] is not null;

    /// <summary><c>Span.name</c>, or <c>field 99 of Span</c> for a number the schema does not have.</summary>
    public string Describe(uint fieldNumber) => fieldNumber switch
    {
        0 => name,
        _ when Knows(fieldNumber) => $"{name}.{fieldNames[fieldNumber]}",
        _ => $"field {fieldNumber} of {name}",
    };
}
