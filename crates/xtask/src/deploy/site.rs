//! A browser app: published, and taken back.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::aws::Aws;
use super::files::{self, File};
use super::record::{self, KEPT, Record};
use super::target::Place;
use super::{page, policy, smoke};
use crate::spa::App;

/// Where the smoke test asks.
#[derive(Debug, Clone, Copy)]
pub enum Through {
    /// The site as people see it.
    CloudFront,
    /// The bucket alone: an emulator has no edges.
    Bucket,
}

/// An app and its place.
#[derive(Debug)]
pub struct Site<'a> {
    /// The command line.
    pub aws: &'a Aws,
    /// Which app.
    pub app: App,
    /// Where it lives.
    pub place: Place,
    /// Where the smoke test asks.
    pub through: Through,
}

impl Site<'_> {
    /// The app's folder in the bucket.
    fn prefix(&self) -> &'static str {
        if self.app.web == "admin" { "admin/" } else { "" }
    }

    /// Publishes a build. Returns the release's name.
    ///
    /// # Errors
    /// What failed; until the page is uploaded, the last step, guests see nothing of it.
    pub fn deploy(&self, dist: &Path) -> Result<String> {
        let page = fs::read_to_string(dist.join("index.html")).context("the build has no index.html")?;
        let files = files::of(dist, self.prefix())?;
        let known = record::names(self.aws, &self.place.bucket)?;
        let name = record::name(&known, page.as_bytes());
        self.allow_scripts(&page)?;
        let there = record::keys(self.aws, &self.place.bucket, self.prefix())?;
        let (mut assets, mut versions) = (Vec::new(), Vec::new());
        for file in &files {
            if !(file.is_hashed() && there.contains(&file.key)) {
                println!("  {} ({})", file.key, file.cache);
                let version = self.upload(file)?;
                if !file.is_hashed() {
                    versions.push((file.key.clone(), version));
                }
            }
            if file.is_hashed() {
                assets.push(file.key.clone());
            }
        }
        let release = Record { name, assets, versions };
        self.finish(&release, &page)?;
        Ok(release.name)
    }

    /// Publishes an earlier release again. Returns its name.
    ///
    /// # Errors
    /// When there is none, or its files are gone; then nothing has changed.
    pub fn roll_back(&self, wanted: Option<&str>) -> Result<String> {
        let names = record::names(self.aws, &self.place.bucket)?;
        let earlier = match wanted {
            Some(name) => name,
            None => record::before(&names)?,
        };
        let earlier = record::read(self.aws, &self.place.bucket, earlier)?;
        let there = record::keys(self.aws, &self.place.bucket, self.prefix())?;
        if let Some(gone) = earlier.assets.iter().find(|asset| !there.contains(asset)) {
            bail!("{gone} of release {} is gone: build and deploy that commit instead", earlier.name);
        }
        let (key, version) = earlier
            .versions
            .iter()
            .find(|(key, _)| key.ends_with("index.html"))
            .context("a release has a page")?;
        let page = self.read(key, version)?;
        self.allow_scripts(&page)?;
        let mut versions = Vec::new();
        for (key, version) in &earlier.versions {
            println!("  {key} (version {version})");
            versions.push((key.clone(), self.restore(key, version)?));
        }
        let name = record::name(&names, page.as_bytes());
        self.finish(&Record { name, assets: earlier.assets.clone(), versions }, &page)?;
        Ok(earlier.name)
    }

    /// Lets run what this page brings, and what the present one does.
    fn allow_scripts(&self, page: &str) -> Result<()> {
        let mut hashes = page::script_hashes(page);
        let key = format!("{}index.html", self.prefix());
        if self.aws.succeeds(&["s3api", "head-object", "--bucket", &self.place.bucket, "--key", &key]) {
            hashes.extend(page::script_hashes(&self.read(&key, "")?));
        }
        hashes.sort();
        hashes.dedup();
        policy::allow(self.aws, &self.place, &hashes)
    }

    fn upload(&self, file: &File) -> Result<String> {
        let body = file.path.display().to_string();
        let put =
            ["s3api", "put-object", "--bucket", &self.place.bucket, "--key", &file.key, "--body", &body];
        let head = ["--content-type", file.mime, "--cache-control", file.cache];
        let answer = self.aws.ask(&[&put[..], &head[..]].concat())?;
        answer["VersionId"].as_str().map(str::to_owned).context("the bucket keeps no versions")
    }

    /// An object's text; of the newest version when none is named.
    ///
    /// # Errors
    /// When there is no such object.
    pub fn read(&self, key: &str, version: &str) -> Result<String> {
        let file = std::env::temp_dir().join(format!("object-{}", std::process::id()));
        let path = file.display().to_string();
        let get = ["s3api", "get-object", "--bucket", &self.place.bucket, "--key", key];
        let which = ["--version-id", version];
        let which = if version.is_empty() { &[][..] } else { &which[..] };
        self.aws.ask(&[&get[..], which, &[path.as_str()]].concat())?;
        let text = fs::read_to_string(&file)?;
        fs::remove_file(&file)?;
        Ok(text)
    }

    /// Makes an earlier version the newest, with the type and the cache header that it had.
    fn restore(&self, key: &str, version: &str) -> Result<String> {
        let source = format!("{}/{key}?versionId={version}", self.place.bucket);
        let copy =
            ["s3api", "copy-object", "--bucket", &self.place.bucket, "--key", key, "--copy-source", &source];
        let answer = self.aws.ask(&copy)?;
        answer["VersionId"].as_str().map(str::to_owned).context("the bucket keeps no versions")
    }

    /// Forgets what the edges keep, looks at the site as a guest would, and removes what no kept release needs.
    fn finish(&self, release: &Record, page: &str) -> Result<()> {
        record::write(self.aws, &self.place.bucket, release)?;
        let distribution = self.place.distribution.as_str();
        let invalidate =
            ["cloudfront", "create-invalidation", "--distribution-id", distribution, "--paths", "/*"];
        let made = self.aws.ask(&invalidate)?;
        let id = made
            .pointer("/Invalidation/Id")
            .and_then(|id| id.as_str())
            .context("no invalidation was made")?;
        let wait =
            ["cloudfront", "wait", "invalidation-completed", "--distribution-id", distribution, "--id", id];
        self.aws.ask(&wait)?;
        smoke::check(self.aws, &self.place, self.through, self.prefix(), page).with_context(|| {
            format!(
                "release {} is published, but not well: go back with `rollback-site {}`",
                release.name, self.app.web
            )
        })?;
        self.tidy(release)
    }

    fn tidy(&self, release: &Record) -> Result<()> {
        let names = record::names(self.aws, &self.place.bucket)?;
        let mut needed = release.assets.clone();
        for name in names.iter().rev().take(KEPT) {
            needed.extend(record::read(self.aws, &self.place.bucket, name)?.assets);
        }
        for name in names.iter().rev().skip(KEPT) {
            let old = record::read(self.aws, &self.place.bucket, name)?;
            for asset in old.assets.iter().filter(|asset| !needed.contains(asset)) {
                println!("  removing {asset}, of release {name}");
                self.aws.ask(&["s3api", "delete-object", "--bucket", &self.place.bucket, "--key", asset])?;
            }
            let record = format!(".releases/{name}.json");
            self.aws.ask(&["s3api", "delete-object", "--bucket", &self.place.bucket, "--key", &record])?;
        }
        Ok(())
    }
}
