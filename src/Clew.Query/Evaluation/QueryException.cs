namespace Clew.Query;

/// <summary>A question that cannot be asked: the message says, in words for the person who asked, what is wrong with it.</summary>
public sealed class QueryException(string message, Exception? inner = null) : Exception(message, inner);
