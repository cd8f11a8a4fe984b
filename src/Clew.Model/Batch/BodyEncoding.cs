namespace Clew.Model;

/// <summary>Compression of a body as it was received. Written to disk beside the body: numbers are never reused.</summary>
public enum BodyEncoding : byte
{
    Identity = 0,
    Gzip = 1,
    Deflate = 2,
}
