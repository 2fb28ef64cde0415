//! Turns `locales/*.json` into typed words. A key that one language lacks, or has too many, stops the build.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};
use serde_json::Value;

const LOCALES: [&str; 2] = ["ko", "en"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    let all = LOCALES.map(keys).into_iter().collect::<Result<Vec<_>, _>>()?;
    for (locale, keys) in LOCALES.iter().zip(&all) {
        let odd: Vec<_> = keys.symmetric_difference(&all[0]).map(String::as_str).collect();
        if !odd.is_empty() {
            return Err(format!("locales/{locale}.json and ko.json differ in: {}", odd.join(", ")).into());
        }
    }
    let config = LOCALES
        .iter()
        .skip(1)
        .try_fold(Config::new(LOCALES[0])?, |config, locale| config.add_locale(locale))?;
    // `td_string!` fills in values without a component.
    let options = ParseOptions::new().interpolate_display(true);
    let words = TranslationsInfos::parse(config.parse_options(options))?;
    words.emit_diagnostics();
    let out = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    words.generate_i18n_module(PathBuf::from(out).join("i18n"))?;
    Ok(())
}

/// Every key of a locale, with the names that its text has filled in: both must be the same in all of them.
fn keys(locale: &str) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let text = fs::read_to_string(format!("locales/{locale}.json"))?;
    let mut keys = BTreeSet::new();
    collect("", &serde_json::from_str(&text)?, &mut keys);
    Ok(keys)
}

fn collect(path: &str, value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(children) => {
            for (name, child) in children {
                collect(&format!("{path}.{name}"), child, keys);
            }
        }
        other => {
            let text = other.as_str().unwrap_or_default();
            let mut names: Vec<_> =
                text.split("{{").skip(1).filter_map(|part| part.split("}}").next()).map(str::trim).collect();
            names.sort_unstable();
            keys.insert(format!("{path}({})", names.join(", ")));
        }
    }
}
