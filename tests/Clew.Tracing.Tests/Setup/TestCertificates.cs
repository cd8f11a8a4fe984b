using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Clew.Tracing.Tests.Setup;

/// <summary>An authority, a server on 127.0.0.1 and a client that it vouches for; their PEM files lie in a directory of their own.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clew-certificates-").FullName;

    public TestCertificates()
    {
        Authority = Make("CN=authority", issuer: null);
        Server = Make("CN=server", Authority);
        Client = Make("CN=client", Authority);
        Write("ca.pem", Authority.ExportCertificatePem());
        Write("client.pem", Client.ExportCertificatePem());
        Write("client.key", Client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        using X509Certificate2 stranger = Make("CN=stranger", issuer: null);
        Write("stranger.pem", stranger.ExportCertificatePem());
        Write("not.pem", "this is no certificate");
    }

    public X509Certificate2 Authority { get; }

    public X509Certificate2 Server { get; }

    public X509Certificate2 Client { get; }

    public string File(string name) => Path.Combine(folder, name);

    public void Dispose()
    {
        Authority.Dispose();
        Server.Dispose();
        Client.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void Write(string name, string text) => System.IO.File.WriteAllText(File(name), text);

    private static X509Certificate2 Make(string subject, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset from = DateTimeOffset.UtcNow.AddDays(-1), until = DateTimeOffset.UtcNow.AddDays(1);
        if (issuer is null)
            return request.CreateSelfSigned(from, until);
        using X509Certificate2 certificate = request.Create(issuer, from.AddMinutes(1), until.AddMinutes(-1), RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }
}
