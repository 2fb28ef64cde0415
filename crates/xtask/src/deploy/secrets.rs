//! The secrets of a new installation. They are drawn by AWS and never shown.

use std::fs;
use std::os::unix::fs::OpenOptionsExt as _;

use anyhow::{Context as _, Result};
use serde_json::json;
use std::io::Write as _;

use super::aws::Aws;
use super::target::Target;

/// Puts `JWT_SECRET` and `DATABASE_PASSWORD` where the machines read them, unless they are there.
///
/// # Errors
/// When AWS refuses.
pub fn make(aws: &Aws, target: &Target) -> Result<()> {
    let secret = target.text("app_secret")?;
    if aws.succeeds(&["secretsmanager", "get-secret-value", "--secret-id", &secret]) {
        println!("the secrets are there already, nothing changed");
        return Ok(());
    }
    let draw = || -> Result<String> {
        let letters = ["--password-length", "64", "--exclude-punctuation"];
        let drawn = aws.ask(&[&["secretsmanager", "get-random-password"][..], &letters[..]].concat())?;
        drawn["RandomPassword"].as_str().map(str::to_owned).context("no password was drawn")
    };
    let value = json!({ "JWT_SECRET": draw()?, "JWT_SECRET_PREVIOUS": "", "DATABASE_PASSWORD": draw()? });
    // Through a file that nobody else can read: arguments are seen by every user of the machine.
    let file = std::env::temp_dir().join(format!("secret-{}.json", std::process::id()));
    let mut out = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file)?;
    out.write_all(value.to_string().as_bytes())?;
    let from = format!("file://{}", file.display());
    let done =
        aws.ask(&["secretsmanager", "put-secret-value", "--secret-id", &secret, "--secret-string", &from]);
    fs::remove_file(&file)?;
    done.context("the secrets could not be stored")?;
    println!("the secrets are made");
    Ok(())
}
