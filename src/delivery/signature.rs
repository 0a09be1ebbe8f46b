//! The signature of the Standard Webhooks specification: HMAC-SHA256 over `id.timestamp.body`, in base64 after `v1,`; the
//! secret is base64 after `whsec_`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The fewest and most bytes that the specification allows a secret.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// What goes into `webhook-signature`. Several secrets with blanks between them give several signatures: so a secret is
/// changed without a gap.
///
/// # Errors
/// A secret is none; the words say what one looks like, and not what stands there.
pub fn signature(
    secrets: &str,
    id: &str,
    seconds: i64,
    body: &[u8],
) -> std::result::Result<String, &'static str> {
    let signatures: Vec<String> = secrets
        .split_whitespace()
        .map(|secret| sign(secret, id, seconds, body))
        .collect::<std::result::Result<_, _>>()?;
    Ok(signatures.join(" "))
}

fn sign(
    secret: &str,
    id: &str,
    seconds: i64,
    body: &[u8],
) -> std::result::Result<String, &'static str> {
    const WRONG: &str =
        "holds no secret of the Standard Webhooks: `whsec_` and then 24 to 64 bytes in base64";
    let encoded = secret.strip_prefix("whsec_").ok_or(WRONG)?;
    let key = STANDARD.decode(encoded).map_err(|_| WRONG)?;
    if !BYTES.contains(&key.len()) {
        return Err(WRONG);
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| WRONG)?;
    mac.update(format!("{id}.{seconds}.").as_bytes());
    mac.update(body);
    Ok(format!(
        "v1,{}",
        STANDARD.encode(mac.finalize().into_bytes())
    ))
}

#[cfg(test)]
mod tests {
    use super::signature;

    /// The test vector of the specification's own libraries.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const BODY: &[u8] = b"{\"test\": 2432232314}";
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    #[test]
    fn the_signature_is_that_of_the_specification() {
        assert_eq!(
            signature(SECRET, ID, 1_614_265_330, BODY).as_deref(),
            Ok(SIGNATURE)
        );
    }

    #[test]
    fn several_secrets_give_several_signatures() {
        // The second by `openssl dgst -sha256 -hmac … -binary | base64`.
        let two = format!("{SECRET} whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
        let signed = signature(&two, ID, 1_614_265_330, BODY).unwrap();
        assert_eq!(
            signed,
            format!("{SIGNATURE} v1,ASIUAiaHOkbADwG8wp+azpVk6vxhRLG/tiLJdqO+U0U=")
        );
    }

    #[test]
    fn what_is_no_secret_is_refused_without_being_shown() {
        for wrong in [
            "hunter2",
            "whsec_",
            "whsec_*",
            "whsec_c2hvcnQ=",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        ] {
            let why = signature(wrong, ID, 0, BODY).unwrap_err();
            assert!(!why.contains("hunter2"), "{why}");
        }
    }
}
