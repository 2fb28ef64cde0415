//! What was published when: one small file for each release, beside the app's own in the bucket.

use std::fs;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::aws::Aws;
use crate::fingerprint;

/// Where they lie.
const FOLDER: &str = ".releases/";
/// Files of so many releases stay; a tab that was opened with an older one must be loaded anew.
pub const KEPT: usize = 5;

/// One release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// `000007-1f0c9a8b3d`: its number and its page.
    pub name: String,
    /// Files whose names hold a hash.
    pub assets: Vec<String>,
    /// The other files in the order of their upload, each with the version that S3 gave it.
    pub versions: Vec<(String, String)>,
}

impl Record {
    fn to_json(&self) -> Value {
        json!({ "assets": self.assets, "versions": self.versions })
    }

    fn from_json(name: &str, value: Value) -> Result<Self> {
        let (assets, versions) = (value["assets"].clone(), value["versions"].clone());
        Ok(Self {
            name: name.to_owned(),
            assets: serde_json::from_value(assets).with_context(|| format!("release {name}"))?,
            versions: serde_json::from_value(versions).with_context(|| format!("release {name}"))?,
        })
    }
}

/// The name of a new release.
#[must_use]
pub fn name(known: &[String], page: &[u8]) -> String {
    let last = known.last().and_then(|name| name.split('-').next()?.parse().ok()).unwrap_or(0);
    format!("{:06}-{}", last + 1, fingerprint::short(page))
}

/// The names of all releases that are known, the newest last.
///
/// # Errors
/// When the bucket cannot be read.
pub fn names(aws: &Aws, bucket: &str) -> Result<Vec<String>> {
    let mut names: Vec<_> = keys(aws, bucket, FOLDER)?
        .iter()
        .filter_map(|key| key.strip_prefix(FOLDER)?.strip_suffix(".json").map(str::to_owned))
        .collect();
    names.sort();
    Ok(names)
}

/// Every key below a prefix.
///
/// # Errors
/// When the bucket cannot be read.
pub fn keys(aws: &Aws, bucket: &str, prefix: &str) -> Result<Vec<String>> {
    let found = aws.ask(&["s3api", "list-objects-v2", "--bucket", bucket, "--prefix", prefix])?;
    let objects = found["Contents"].as_array().into_iter().flatten();
    Ok(objects.filter_map(|object| object["Key"].as_str().map(str::to_owned)).collect())
}

/// Reads one.
///
/// # Errors
/// When there is none of that name.
pub fn read(aws: &Aws, bucket: &str, name: &str) -> Result<Record> {
    let file = std::env::temp_dir().join(format!("release-{}-{name}.json", std::process::id()));
    let (key, path) = (format!("{FOLDER}{name}.json"), file.display().to_string());
    aws.ask(&["s3api", "get-object", "--bucket", bucket, "--key", &key, &path])
        .with_context(|| format!("there is no release {name}"))?;
    let text = fs::read_to_string(&file)?;
    fs::remove_file(&file)?;
    Record::from_json(name, serde_json::from_str(&text)?)
}

/// Writes one.
///
/// # Errors
/// When the bucket cannot be written.
pub fn write(aws: &Aws, bucket: &str, record: &Record) -> Result<()> {
    let file = std::env::temp_dir().join(format!("release-{}.json", std::process::id()));
    fs::write(&file, record.to_json().to_string())?;
    let (key, body) = (format!("{FOLDER}{}.json", record.name), file.display().to_string());
    let json = ["--content-type", "application/json", "--cache-control", "no-cache"];
    let put = ["s3api", "put-object", "--bucket", bucket, "--key", &key, "--body", &body];
    let done = aws.ask(&[&put[..], &json[..]].concat());
    fs::remove_file(&file)?;
    done.map(|_| ())
}

/// The newest release before the present one that shows another page.
///
/// # Errors
/// When there is none.
pub fn before(names: &[String]) -> Result<&str> {
    let page = |name: &str| name.split_once('-').map(|(_, page)| page.to_owned());
    let Some(present) = names.last() else { bail!("nothing has been published yet") };
    let other = names.iter().rev().find(|name| page(name) != page(present));
    other.map(String::as_str).context("there is no other release to go back to")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_count_up() {
        assert!(name(&[], b"a").starts_with("000001-"));
        assert!(name(&["000009-x".to_owned()], b"a").starts_with("000010-"));
    }

    #[test]
    fn the_one_before_shows_another_page() {
        let names = ["000001-a", "000002-b", "000003-c", "000004-c"].map(str::to_owned);
        assert_eq!(before(&names).unwrap(), "000002-b");
        assert!(before(&names[..1]).is_err() && before(&[]).is_err());
    }

    #[test]
    fn what_is_written_can_be_read() {
        let versions = vec![("index.html".to_owned(), "v1".to_owned())];
        let record = Record { name: "000001-a".to_owned(), assets: vec!["a.js".to_owned()], versions };
        assert_eq!(Record::from_json("000001-a", record.to_json()).unwrap(), record);
    }
}
