//! The script that wasm-bindgen writes between a page and its program.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use super::module::FROM;

/// The script with short names for what it hands to the program, and without the classes whose name begins like `unused`.
///
/// # Errors
/// When an import is not there exactly once.
pub fn rewrite(script: &str, names: &BTreeMap<String, String>, unused: &str) -> Result<String> {
    let mut found = BTreeMap::<&str, usize>::new();
    let mut out = String::with_capacity(script.len());
    for line in without(script, unused) {
        let bare = line.trim_start();
        let indent = &line[..line.len() - bare.len()];
        let end =
            bare.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '$')).unwrap_or(bare.len());
        let (name, rest) = bare.split_at(end);
        let hands_over = !indent.is_empty() && rest.starts_with(": function");
        match names.get_key_value(name).filter(|_| hands_over) {
            Some((long, short)) => {
                *found.entry(long).or_default() += 1;
                out.extend([indent, short, rest]);
            }
            None => out.push_str(&module(line)),
        }
        out.push('\n');
    }
    match names.keys().find(|name| found.get(name.as_str()) != Some(&1)) {
        Some(lost) => bail!("the glue does not hand over {lost} once: has wasm-bindgen changed?"),
        None => Ok(out),
    }
}

/// `"./app_bg.js"`, the module from which the program imports, under its new name.
fn module(line: &str) -> String {
    match line.split_once("\"./").and_then(|(before, rest)| Some((before, rest.split_once("_bg.js\"")?.1))) {
        Some((before, after)) => format!("{before}\"{FROM}\"{after}"),
        None => line.to_owned(),
    }
}

/// The lines that belong to no class of this name.
fn without<'a>(script: &'a str, unused: &str) -> Vec<&'a str> {
    let class = format!("export class {unused}");
    let registry = format!("const {unused}");
    let dispose = format!("if (Symbol.dispose) {unused}");
    let mut ends: Option<fn(&str) -> bool> = None;
    let mut kept = Vec::new();
    for line in script.lines() {
        if line.starts_with(&class) {
            ends = Some(|line| line == "}");
        } else if line.starts_with(&registry) || line.starts_with(&dispose) {
            ends = Some(|line| line.ends_with(';'));
        }
        match ends {
            Some(is_end) if is_end(line) => ends = None,
            Some(_) => {}
            None => kept.push(line),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "export class IntoUnderlyingSink {\n    free() {\n        wasm.dead();\n    }\n}\n\
        if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = 1;\n\
        const imports = {\n        \"./app_bg.js\": {\n        __one: function(a) {\n            return __one(a);\n        },\n    }\n\
        const IntoUnderlyingSinkFinalization = (typeof X)\n    ? { a: 1 }\n    : new X(ptr => wasm.dead(ptr));\n\
        let wasm;";

    fn names() -> BTreeMap<String, String> {
        BTreeMap::from([("__one".to_owned(), "a".to_owned())])
    }

    #[test]
    fn names_are_short_and_unused_classes_are_gone() {
        let slim = rewrite(SCRIPT, &names(), "IntoUnderlying").unwrap();
        assert_eq!(
            slim,
            "const imports = {\n        \"./x\": {\n        a: function(a) {\n            return __one(a);\n        },\n    }\nlet wasm;\n"
        );
    }

    #[test]
    fn a_glue_that_hands_over_something_else_is_told() {
        assert!(rewrite("let wasm;", &names(), "IntoUnderlying").is_err());
        assert!(rewrite(&SCRIPT.replace("__one: function", "__two: function"), &names(), "X").is_err());
    }
}
