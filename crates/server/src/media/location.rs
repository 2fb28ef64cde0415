//! `MEDIA_URL`: a directory, or a bucket of S3 or of a server that speaks like it.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;

use object_store::aws::AmazonS3Builder;
use object_store::path::Path as Key;
use url::{Host, Url};

use crate::config::Environment;

/// What of the environment may say who this is; without any of it the machine's role does.
const CREDENTIALS: [&str; 8] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_ROLE_ARN",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
];

/// `MEDIA_URL`: where pictures are kept.
#[derive(Debug, Clone)]
pub enum MediaLocation {
    /// `file:///var/lib/tableorder/media`
    Directory(PathBuf),
    /// `s3://bucket/prefix?region=ap-northeast-2`
    Bucket(Bucket),
}

/// A bucket, and how to get there.
#[derive(Clone)]
pub struct Bucket {
    pub(super) builder: Box<AmazonS3Builder>,
    pub(super) prefix: Key,
    pub(super) plain_http: bool,
}

/// Without the credentials.
impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bucket").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl MediaLocation {
    /// Reads `MEDIA_URL`, and what of the environment belongs to it.
    ///
    /// # Errors
    /// Every fault, at once, none of which repeats a secret.
    pub fn parse(
        text: &str,
        environment: Environment,
        values: &HashMap<String, String>,
    ) -> Result<Self, Vec<String>> {
        match Url::parse(text) {
            Ok(url) if url.scheme() == "s3" => bucket(&url, environment, values).map(Self::Bucket),
            Ok(url) if url.scheme() == "file" && url.to_file_path().is_ok() => {
                Ok(Self::Directory(url.to_file_path().unwrap_or_default()))
            }
            _ => Err(vec![
                "MEDIA_URL is neither file:///an/absolute/path nor s3://bucket/prefix?region=…".to_owned(),
            ]),
        }
    }
}

fn bucket(
    url: &Url,
    environment: Environment,
    values: &HashMap<String, String>,
) -> Result<Bucket, Vec<String>> {
    let mut faults = Vec::new();
    let value = |name: &str| values.get(name).map(|v| v.trim()).filter(|v| !v.is_empty());
    let mut builder = AmazonS3Builder::new();
    let name = url.host_str().unwrap_or_default();
    if !is_bucket(name) {
        faults.push("MEDIA_URL names no bucket: s3:// and 3 to 63 of a-z, 0-9, . and -".to_owned());
    }
    if !url.username().is_empty()
        || url.password().is_some()
        || url.port().is_some()
        || url.fragment().is_some()
    {
        faults.push("MEDIA_URL is s3://bucket/prefix?region=…&endpoint=… and nothing else; credentials come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or from the machine's role".to_owned());
    }
    let prefix = Key::from_url_path(url.path()).unwrap_or_else(|_| {
        faults.push("MEDIA_URL has a prefix that is no path".to_owned());
        Key::default()
    });
    let mut region = value("AWS_REGION").or_else(|| value("AWS_DEFAULT_REGION")).map(str::to_owned);
    let mut plain_http = false;
    let mut endpoint = None;
    for (name, value) in url.query_pairs() {
        match name.as_ref() {
            "region" => region = Some(value.into_owned()),
            "endpoint" => match check_endpoint(&value, environment) {
                Ok(is_plain) => (plain_http, endpoint) = (is_plain, Some(value.into_owned())),
                Err(fault) => faults.push(fault),
            },
            _ => faults.push("MEDIA_URL takes region and endpoint after its ?, and nothing else".to_owned()),
        }
    }
    match (region, &endpoint) {
        (Some(region), _) => builder = builder.with_region(region),
        // Servers of one's own have none; S3's own default serves to sign.
        (None, Some(_)) => {}
        (None, None) => faults.push(
            "MEDIA_URL names no region: end it with ?region=ap-northeast-2 or set AWS_REGION".to_owned(),
        ),
    }
    if value("AWS_ACCESS_KEY_ID").is_some() != value("AWS_SECRET_ACCESS_KEY").is_some() {
        faults.push("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set together or not at all".to_owned());
    }
    for name in CREDENTIALS {
        if let (Some(value), Ok(key)) = (value(name), name.to_ascii_lowercase().parse()) {
            builder = builder.with_config(key, value);
        }
    }
    if let Some(endpoint) = endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    if faults.is_empty() {
        Ok(Bucket { builder: Box::new(builder.with_bucket_name(name)), prefix, plain_http })
    } else {
        Err(faults)
    }
}

fn is_bucket(name: &str) -> bool {
    (3..=63).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-')
}

/// Whether an endpoint is spoken to in plain HTTP, which is for one's own machine.
fn check_endpoint(text: &str, environment: Environment) -> Result<bool, String> {
    let wrong = || "MEDIA_URL has an endpoint that is not https://host".to_owned();
    let url = Url::parse(text).map_err(|_| wrong())?;
    let loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => return Err(wrong()),
    };
    match url.scheme() {
        _ if !url.username().is_empty() || url.password().is_some() || url.query().is_some() => Err(wrong()),
        "https" => Ok(false),
        "http" if loopback || environment == Environment::Local => Ok(true),
        "http" => Err("MEDIA_URL has an endpoint with http://, which is for this machine only".to_owned()),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, environment: Environment, values: &[(&str, &str)]) -> Result<String, Vec<String>> {
        let values = values.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        MediaLocation::parse(text, environment, &values).map(|location| match location {
            MediaLocation::Directory(path) => format!("directory {}", path.display()),
            MediaLocation::Bucket(bucket) => {
                format!("prefix {:?}, http {}", bucket.prefix.as_ref(), bucket.plain_http)
            }
        })
    }

    #[test]
    fn good_ones() {
        let production = |text, values: &[(&str, &str)]| read(text, Environment::Production, values).unwrap();
        assert_eq!(production("file:///srv/media", &[]), "directory /srv/media");
        assert_eq!(production("s3://dishes?region=eu-west-1", &[]), "prefix \"\", http false");
        assert_eq!(
            production("s3://dishes/a/b/", &[("AWS_REGION", "eu-west-1")]),
            "prefix \"a/b\", http false"
        );
        assert_eq!(production("s3://dishes?endpoint=http://127.0.0.1:9000", &[]), "prefix \"\", http true");
        assert_eq!(production("s3://dishes?endpoint=https://s3.example.com", &[]), "prefix \"\", http false");
        assert!(read("s3://dishes?endpoint=http://minio:9000", Environment::Local, &[]).is_ok());
    }

    #[test]
    fn every_fault_is_named_and_no_secret_is_repeated() {
        let text = "s3://key:hunter22@Up/x?endpoint=http://s3.example.com&acl=public";
        let faults = read(text, Environment::Production, &[("AWS_ACCESS_KEY_ID", "hunter22")]).unwrap_err();
        let all = faults.join("\n");
        for part in ["no bucket", "credentials", "http://", "nothing else", "no region", "together"] {
            assert!(all.contains(part), "{part} in {all}");
        }
        assert!(!all.contains("hunter22"), "{all}");
        assert!(read("ftp://somewhere", Environment::Local, &[]).unwrap_err()[0].contains("s3://"));
        assert!(read("media", Environment::Local, &[]).is_err());
    }

    #[test]
    fn credentials_are_not_shown() {
        let values = [("AWS_ACCESS_KEY_ID", "hunter22"), ("AWS_SECRET_ACCESS_KEY", "hunter22")];
        let values = values.map(|(k, v)| (k.to_owned(), v.to_owned())).into_iter().collect();
        let bucket = MediaLocation::parse("s3://dishes?region=eu-west-1", Environment::Production, &values);
        assert!(!format!("{:?}", bucket.unwrap()).contains("hunter22"));
    }
}
