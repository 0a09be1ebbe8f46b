//! TLS to a server, with `sslmode` and `sslrootcert` as libpq means them: `prefer` and `require` keep what is said from
//! those who only listen and look at no certificate, unless a root is named; `verify-full` looks at the name, too.

use std::path::Path;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{self, CryptoProvider};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};
use rustls_platform_verifier::Verifier;
use tokio_postgres_rustls::MakeRustlsConnect;

/// An address without what the driver does not know, and what it says about certificates.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The address for the driver.
    pub(super) url: String,
    check: Check,
    /// A file with roots in PEM; without it, those of the system.
    roots: Option<String>,
}

/// What of a server's certificate is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Check {
    Nothing,
    /// That somebody known has signed it.
    Signer,
    /// And that it is for this host.
    Host,
}

impl Wanted {
    /// Reads an address; what else is wrong with it is the driver's to say.
    pub(super) fn read(url: &str) -> Self {
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let mut check = Check::Nothing;
        let mut roots = None;
        let mut kept = Vec::new();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            match part.split_once('=') {
                Some(("sslmode", mode)) => {
                    let (known, wanted) = match mode {
                        "allow" => ("prefer", Check::Nothing),
                        "verify-ca" => ("require", Check::Signer),
                        "verify-full" => ("require", Check::Host),
                        other => (other, Check::Nothing),
                    };
                    check = wanted;
                    kept.push(format!("sslmode={known}"));
                }
                Some(("sslrootcert", file)) if file != "system" => roots = Some(decoded(file)),
                Some(("sslrootcert", _)) => {}
                _ => kept.push(part.to_owned()),
            }
        }
        // A root that is named is meant to be used.
        if roots.is_some()
            && check == Check::Nothing
            && kept.iter().any(|it| it == "sslmode=require")
        {
            check = Check::Signer;
        }
        let url = if kept.is_empty() {
            base.to_owned()
        } else {
            format!("{base}?{}", kept.join("&"))
        };
        Self { url, check, roots }
    }

    /// What connects.
    ///
    /// # Errors
    /// The roots cannot be read.
    pub(super) fn connector(&self) -> Result<MakeRustlsConnect, String> {
        let provider = Arc::new(crypto::ring::default_provider());
        let verifier = self.verifier(&provider)?;
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|why| why.to_string())?
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_no_client_auth();
        Ok(MakeRustlsConnect::new(config))
    }

    fn verifier(
        &self,
        provider: &Arc<CryptoProvider>,
    ) -> Result<Arc<dyn ServerCertVerifier>, String> {
        let inner: Option<Arc<dyn ServerCertVerifier>> = match (self.check, &self.roots) {
            (Check::Nothing, _) => None,
            (_, None) => {
                let system = Verifier::new(Arc::clone(provider));
                Some(Arc::new(system.map_err(|why| why.to_string())?))
            }
            (_, Some(file)) => {
                let roots = Arc::new(read(Path::new(file))?);
                let own = WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(provider))
                    .build();
                Some(own.map_err(|why| why.to_string())?)
            }
        };
        Ok(match (inner, self.check) {
            (Some(whole), Check::Host) => whole,
            (inner, _) => Arc::new(Lenient {
                inner,
                provider: Arc::clone(provider),
            }),
        })
    }
}

/// The roots in a file.
fn read(file: &Path) -> Result<RootCertStore, String> {
    let wrong = |why: &dyn std::fmt::Display| {
        format!("the roots in {} cannot be read: {why}", file.display())
    };
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_file_iter(file).map_err(|why| wrong(&why))? {
        let root = root.map_err(|why| wrong(&why))?;
        roots.add(root).map_err(|why| wrong(&why))?;
    }
    if roots.is_empty() {
        return Err(wrong(&"there is no certificate in it"));
    }
    Ok(roots)
}

/// Takes a certificate for any host, or (without `inner`) any certificate; the other side must hold its key all the same.
#[derive(Debug)]
struct Lenient {
    inner: Option<Arc<dyn ServerCertVerifier>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Lenient {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(inner) = &self.inner else {
            return Ok(ServerCertVerified::assertion());
        };
        match inner.verify_server_cert(certificate, between, name, ocsp, now) {
            // The name is looked at when all else is found good.
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            said => said,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        crypto::verify_tls12_signature(message, certificate, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        crypto::verify_tls13_signature(message, certificate, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

/// Why the two did not come to speak TLS, in words that help; none where it was something else.
pub(super) fn explain(cause: &(dyn std::error::Error + 'static)) -> Option<String> {
    if cause.to_string() == "server does not support TLS" {
        return Some(
            "speaks no TLS, which `sslmode` asks for: let it (`ssl = on` in postgresql.conf), or leave `sslmode` out where the network is your own"
                .to_owned(),
        );
    }
    let inner = cause.downcast_ref::<std::io::Error>()?.get_ref()?;
    let why = inner.downcast_ref::<Error>()?;
    Some(match why {
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => {
            "shows a certificate that nobody known here has signed: name the file with its root, `sslrootcert=FILE`".to_owned()
        }
        Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => "shows a certificate for another host: connect by a name that it holds".to_owned(),
        Error::InvalidCertificate(
            CertificateError::Expired | CertificateError::ExpiredContext { .. },
        ) => "shows a certificate that is out of date: whoever runs the server must renew it".to_owned(),
        other => format!("cannot be spoken to with TLS: {other}"),
    })
}

/// A value of an address, without the `%…` in it.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        let hex = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let mut ahead = rest.clone();
        let pair = hex(ahead.next()).zip(hex(ahead.next()));
        match pair {
            Some((high, low)) if byte == b'%' => {
                bytes.extend(u8::try_from(high * 16 + low));
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Check, Wanted};

    #[test]
    fn an_address_says_what_of_a_certificate_is_looked_at() {
        for (given, url, check, roots) in [
            ("postgres://h/d", "postgres://h/d", Check::Nothing, None),
            (
                "postgres://h/d?sslmode=require&connect_timeout=3",
                "postgres://h/d?sslmode=require&connect_timeout=3",
                Check::Nothing,
                None,
            ),
            (
                "postgres://h/d?sslrootcert=%2Fetc%2Fown%20root.pem&sslmode=require",
                "postgres://h/d?sslmode=require",
                Check::Signer,
                Some("/etc/own root.pem"),
            ),
            (
                "postgres://h/d?sslmode=verify-full&sslrootcert=system",
                "postgres://h/d?sslmode=require",
                Check::Host,
                None,
            ),
            (
                "postgres://h/d?sslmode=maybe",
                "postgres://h/d?sslmode=maybe",
                Check::Nothing,
                None,
            ),
        ] {
            let expected = Wanted {
                url: url.to_owned(),
                check,
                roots: roots.map(str::to_owned),
            };
            assert_eq!(Wanted::read(given), expected);
        }
    }
}
