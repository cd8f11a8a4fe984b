namespace Clew.Server.Web;

/// <summary>Names and anchors of the samples; the style sheet knows the anchors.</summary>
internal static class SampleNames
{
    public static string Title(Sample sample) => sample switch
    {
        Sample.CSharp => "C#",
        Sample.Curl => "curl",
        _ => sample.ToString(),
    };

    public static string Anchor(Sample sample) => sample == Sample.JavaScript ? "js" : sample.ToString().ToLowerInvariant();
}
