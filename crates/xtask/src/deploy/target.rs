//! Where things go: the output `deploy` of an environment.

use anyhow::{Context as _, Result};
use serde_json::Value;

/// An environment.
#[derive(Debug)]
pub struct Target {
    /// `ap-northeast-2`
    pub region: String,
    /// Prefix of every name.
    pub name: String,
    output: Value,
}

/// One app's place.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its bucket.
    pub bucket: String,
    /// Id of its distribution.
    pub distribution: String,
    /// Id of its response headers policy.
    pub policy: String,
    /// What people open, without a slash at the end.
    pub origin: String,
}

impl Target {
    /// Reads the JSON that Terraform printed.
    ///
    /// # Errors
    /// When it is something else.
    pub fn parse(json: &str) -> Result<Self> {
        let output: Value = serde_json::from_str(json).context("the target is not JSON")?;
        let text = |name| text(&output, &format!("/{name}"));
        Ok(Self { region: text("region")?, name: text("name")?, output })
    }

    /// Where an app lives.
    ///
    /// # Errors
    /// When the environment has none of that name.
    pub fn site(&self, app: &str) -> Result<Place> {
        let of = |name| text(&self.output, &format!("/sites/{app}/{name}"));
        Ok(Place {
            bucket: of("bucket")?,
            distribution: of("distribution")?,
            policy: of("headers_policy")?,
            origin: of("origin")?,
        })
    }

    /// Any other text of the output.
    ///
    /// # Errors
    /// When it has none of that name.
    pub fn text(&self, name: &str) -> Result<String> {
        text(&self.output, &format!("/{name}"))
    }
}

fn text(value: &Value, pointer: &str) -> Result<String> {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.map(str::to_owned).with_context(|| format!("the target has no {}", pointer.trim_start_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_terraform_prints() {
        let json = r#"{"region":"r","name":"n","sites":{"admin":{"bucket":"b","distribution":"d","headers_policy":"h","origin":"o"}}}"#;
        let target = Target::parse(json).unwrap();
        assert_eq!((target.region.as_str(), target.site("admin").unwrap().policy.as_str()), ("r", "h"));
        let missing = target.site("customer").unwrap_err().to_string();
        assert!(missing.contains("sites/customer/bucket"), "{missing}");
    }
}
