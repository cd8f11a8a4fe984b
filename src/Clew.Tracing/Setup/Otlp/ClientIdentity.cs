using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Clew.Tracing.Setup.Otlp;

/// <summary>Certificates of an export, from PEM files.</summary>
internal static class ClientIdentity
{
    /// <param name="path">Authorities. Only they are trusted then, as OTEL_EXPORTER_OTLP_CERTIFICATE has it.</param>
    /// <exception cref="CryptographicException">The file holds no certificate.</exception>
    public static X509ChainPolicy Trust(string path)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(path);
        return policy.CustomTrustStore.Count > 0 ? policy : throw new CryptographicException("The file holds no certificate.");
    }

    /// <param name="path">The certificate; those of the authorities between it and the root may follow and are sent along.</param>
    /// <param name="keyPath">Its key, not encrypted; null where it is in the same file.</param>
    /// <exception cref="CryptographicException">A file holds no certificate or no key, or they do not belong together.</exception>
    public static SslStreamCertificateContext Load(string path, string? keyPath)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(path);
        X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(path, keyPath);
        // Windows does not take a key for TLS that it has only in memory.
        if (OperatingSystem.IsWindows())
            certificate = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        chain.RemoveAt(0);
        // Without looking for missing ones on the network.
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }
}
